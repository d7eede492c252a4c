package dev.heddle.e2e.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.Objects;

/** HttpURLConnection. */
final class UrlConnectionPeer implements Peer.Client {

  @Override
  public Arrived send(Transfer transfer) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(transfer.url()).openConnection();
    if (transfer.upload() > 0) {
      connection.setDoOutput(true);
      if (transfer.expectContinue()) {
        connection.setRequestProperty("Expect", "100-continue");
      }
      if (transfer.chunked()) {
        connection.setChunkedStreamingMode(0);
      } else {
        connection.setFixedLengthStreamingMode(transfer.upload());
      }
      try (OutputStream out = connection.getOutputStream()) {
        new Payload(transfer.upload()).transferTo(out);
      }
    }
    try (InputStream in = connection.getInputStream()) {
      return new Arrived(
          connection.getResponseCode(),
          Objects.requireNonNullElse(connection.getHeaderField(Peer.RECEIVED), ""),
          Payload.read(in, transfer.pauseMillis()),
          null);
    }
  }
}
