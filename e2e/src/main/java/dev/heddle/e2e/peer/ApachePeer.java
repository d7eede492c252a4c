package dev.heddle.e2e.peer;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;

/** Apache HttpClient 5, classic. */
final class ApachePeer implements Peer.Client {

  private static final long UNTOLD = -1;

  private final CloseableHttpClient client =
      HttpClients.custom().disableAutomaticRetries().disableContentCompression().build();

  @Override
  public Arrived send(Transfer transfer) throws IOException {
    String method = transfer.upload() == 0 ? "GET" : "POST";
    HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create(transfer.url()));
    request.setConfig(
        RequestConfig.custom().setExpectContinueEnabled(transfer.expectContinue()).build());
    if (transfer.upload() > 0) {
      request.setEntity(
          new InputStreamEntity(
              new Payload(transfer.upload()),
              transfer.chunked() ? UNTOLD : transfer.upload(),
              ContentType.APPLICATION_OCTET_STREAM));
    }
    return client.execute(request, response -> arrived(response, transfer));
  }

  private static Arrived arrived(ClassicHttpResponse response, Transfer transfer)
      throws IOException {
    Header received = response.getFirstHeader(Peer.RECEIVED);
    try (InputStream in =
        response.getEntity() == null
            ? InputStream.nullInputStream()
            : response.getEntity().getContent()) {
      return new Arrived(
          response.getCode(),
          received == null ? "" : received.getValue(),
          Payload.read(in, transfer.pauseMillis()),
          null);
    }
  }
}
