package dev.heddle.e2e.peer;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.StreamChannel;
import org.apache.hc.core5.http.nio.entity.AbstractBinAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.jspecify.annotations.Nullable;

/** Apache HttpClient 5, async. */
final class ApacheAsyncPeer implements Peer.Client {

  private final CloseableHttpAsyncClient client;

  private ApacheAsyncPeer(CloseableHttpAsyncClient client) {
    this.client = client;
    client.start();
  }

  static ApacheAsyncPeer ofAnyHttp() {
    return new ApacheAsyncPeer(HttpAsyncClients.custom().disableAutomaticRetries().build());
  }

  /** Speaks nothing but HTTP/2, to plaintext ports too. */
  static ApacheAsyncPeer ofHttp2() {
    return new ApacheAsyncPeer(HttpAsyncClients.customHttp2().disableAutomaticRetries().build());
  }

  @Override
  public Arrived send(Transfer transfer) throws Exception {
    boolean empty = transfer.upload() == 0;
    SimpleHttpRequest request =
        SimpleHttpRequest.create(empty ? "GET" : "POST", URI.create(transfer.url()));
    request.setConfig(
        RequestConfig.custom().setExpectContinueEnabled(transfer.expectContinue()).build());
    try {
      return client
          .execute(
              new BasicRequestProducer(request, empty ? null : new Body(transfer)),
              new Reader(transfer),
              null)
          .get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : e;
    }
  }

  private static final class Body extends AbstractBinAsyncEntityProducer {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final Transfer transfer;
    private final Payload payload;
    private final ByteBuffer pending = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

    Body(Transfer transfer) {
      super(BUFFER_BYTES, ContentType.APPLICATION_OCTET_STREAM);
      this.transfer = transfer;
      this.payload = new Payload(transfer.upload());
    }

    @Override
    protected int availableData() {
      return Integer.MAX_VALUE;
    }

    @Override
    protected void produceData(StreamChannel<ByteBuffer> channel) throws IOException {
      if (!pending.hasRemaining()) {
        int count = payload.read(pending.array(), 0, BUFFER_BYTES);
        if (count < 0) {
          channel.endStream();
          return;
        }
        pending.position(0).limit(count);
      }
      channel.write(pending);
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }

    @Override
    public long getContentLength() {
      return transfer.chunked() ? -1 : transfer.upload();
    }

    @Override
    public boolean isChunked() {
      return transfer.chunked();
    }

    @Override
    public void failed(Exception cause) {
      // the client tells its caller
    }
  }

  private static final class Reader extends AbstractBinResponseConsumer<Arrived> {

    private final Transfer transfer;
    private final Payload.Sum sum = new Payload.Sum();
    private int status;
    private String received = "";

    Reader(Transfer transfer) {
      this.transfer = transfer;
    }

    @Override
    protected void start(HttpResponse response, @Nullable ContentType type) {
      status = response.getCode();
      Header header = response.getFirstHeader(Peer.RECEIVED);
      received = header == null ? "" : header.getValue();
    }

    @Override
    public void informationResponse(
        HttpResponse response, org.apache.hc.core5.http.protocol.HttpContext context) {
      // 100 is what was asked for
    }

    @Override
    protected int capacityIncrement() {
      return 64 * 1024;
    }

    @Override
    protected void data(ByteBuffer bytes, boolean end) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      sum.add(copy, copy.length, transfer.pauseMillis());
    }

    @Override
    protected Arrived buildResult() {
      return new Arrived(status, received, sum.toString(), null);
    }

    @Override
    public void releaseResources() {
      // holds none
    }
  }
}
