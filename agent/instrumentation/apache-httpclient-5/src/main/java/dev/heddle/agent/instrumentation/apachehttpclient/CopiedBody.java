package dev.heddle.agent.instrumentation.apachehttpclient;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/** A body in memory, of the type of the app's. */
final class CopiedBody implements AsyncEntityProducer {

  private final ByteBuffer bytes;
  private final EntityDetails app;

  CopiedBody(byte[] bytes, EntityDetails app) {
    this.bytes = ByteBuffer.wrap(bytes);
    this.app = app;
  }

  @Override
  public int available() {
    return bytes.remaining();
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    if (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    if (!bytes.hasRemaining()) {
      channel.endStream();
    }
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public void failed(Exception cause) {}

  @Override
  public void releaseResources() {}

  @Override
  public long getContentLength() {
    return bytes.limit();
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
    return false;
  }

  @Override
  public @Nullable Set<String> getTrailerNames() {
    return null;
  }
}
