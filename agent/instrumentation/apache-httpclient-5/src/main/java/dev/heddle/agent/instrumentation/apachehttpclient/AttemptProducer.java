package dev.heddle.agent.instrumentation.apachehttpclient;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/** The app's body as one attempt sends it; its end belongs to the call. */
final class AttemptProducer implements AsyncEntityProducer {

  private final AsyncEntityProducer app;
  private final Runnable sent;
  private final @Nullable BodyCopy copy;
  private boolean cut;
  private volatile boolean begun;
  private volatile boolean over;

  AttemptProducer(AsyncEntityProducer app, Runnable sent, @Nullable BodyCopy copy) {
    this.app = app;
    this.sent = sent;
    this.copy = copy;
  }

  /** From now on the app's producer is another attempt's. */
  synchronized void cut() {
    cut = true;
  }

  /** Whether bytes of the body may be on their way. */
  boolean hasBegun() {
    return begun;
  }

  boolean isOver() {
    return over;
  }

  @Override
  public synchronized int available() {
    return cut ? 0 : app.available();
  }

  @Override
  public synchronized void produce(DataStreamChannel channel) throws IOException {
    if (!cut) {
      begun = true;
      app.produce(new ToldChannel(channel));
    }
  }

  @Override
  public boolean isRepeatable() {
    return app.isRepeatable();
  }

  @Override
  public void failed(Exception cause) {
    // another attempt may follow; the call tells the app's producer of its end
  }

  @Override
  public void releaseResources() {
    // as failed
  }

  @Override
  public long getContentLength() {
    return app.getContentLength();
  }

  @Override
  public String getContentType() {
    return app.getContentType();
  }

  @Override
  public String getContentEncoding() {
    return app.getContentEncoding();
  }

  @Override
  public boolean isChunked() {
    return app.isChunked();
  }

  @Override
  public Set<String> getTrailerNames() {
    return app.getTrailerNames();
  }

  private final class ToldChannel implements DataStreamChannel {
    private final DataStreamChannel channel;

    ToldChannel(DataStreamChannel channel) {
      this.channel = channel;
    }

    @Override
    public void requestOutput() {
      channel.requestOutput();
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      ByteBuffer before = bytes.duplicate();
      int written = channel.write(bytes);
      if (copy != null) {
        before.limit(bytes.position());
        copy.add(before);
      }
      return written;
    }

    @Override
    public void endStream() throws IOException {
      channel.endStream();
      told();
    }

    @Override
    public void endStream(List<? extends Header> trailers) throws IOException {
      channel.endStream(trailers);
      told();
    }

    private void told() {
      over = true;
      sent.run();
      if (copy != null) {
        copy.end();
      }
    }
  }
}
