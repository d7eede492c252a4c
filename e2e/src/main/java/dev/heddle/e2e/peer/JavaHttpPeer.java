package dev.heddle.e2e.peer;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** java.net.http. */
final class JavaHttpPeer implements Peer.Client {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Override
  public Arrived send(Transfer transfer) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(transfer.url()))
            .expectContinue(transfer.expectContinue());
    HttpResponse<InputStream> response =
        client.send(
            transfer.upload() == 0 ? request.build() : request.POST(body(transfer)).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      return new Arrived(
          response.statusCode(),
          response.headers().firstValue(Peer.RECEIVED).orElse(""),
          Payload.read(in, transfer.pauseMillis()),
          null);
    }
  }

  private static BodyPublisher body(Transfer transfer) {
    BodyPublisher stream = BodyPublishers.ofInputStream(() -> new Payload(transfer.upload()));
    return transfer.chunked() ? stream : BodyPublishers.fromPublisher(stream, transfer.upload());
  }
}
