package dev.heddle.benchmarks.call;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.jspecify.annotations.Nullable;

/** A GET on a kept connection, as an app makes it with each library; for any number of threads. */
interface Client {

  /** Connections that a pool may keep: more than any measurement has threads. */
  int MAX_CONNECTIONS = 64;

  /** Makes the call, reads the body to its end, gives the status. */
  int get(URI uri) throws IOException, InterruptedException;

  /** Makes the call, reads a body of any length in pieces, gives how many bytes it had. */
  default long drain(URI uri) throws IOException, InterruptedException {
    throw new UnsupportedOperationException("this client is not measured with large bodies");
  }

  /** The libraries by the name that the table calls them. */
  static Client named(String name) {
    return switch (name) {
      case "java.net.http" -> new JavaNetHttp();
      case "HttpURLConnection" -> new UrlConnection();
      case "HttpClient 5" -> apache();
      case "raw socket" -> new RawSocket();
      default -> throw new IllegalArgumentException("no client \"" + name + '"');
    };
  }

  private static Client apache() {
    CloseableHttpClient client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(MAX_CONNECTIONS)
                    .setMaxConnPerRoute(MAX_CONNECTIONS)
                    .build())
            .build();
    return uri ->
        client.execute(
            new HttpGet(uri),
            response -> {
              EntityUtils.consume(response.getEntity());
              return response.getCode();
            });
  }

  /** The client of Java 11, as it comes but for HTTP/1.1. */
  final class JavaNetHttp implements Client {

    private final HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public int get(URI uri) throws IOException, InterruptedException {
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray())
          .statusCode();
    }

    @Override
    public long drain(URI uri) throws IOException, InterruptedException {
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      try (InputStream body =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
        return body.transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  /** The JDK's oldest. */
  final class UrlConnection implements Client {

    @Override
    public int get(URI uri) throws IOException {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      int status = connection.getResponseCode();
      try (InputStream body =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        byte[] unused = body.readAllBytes();
      }
      return status;
    }

    @Override
    public long drain(URI uri) throws IOException {
      try (InputStream body = uri.toURL().openStream()) {
        return body.transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  /** What every library stands on: the same bytes to and fro. One connection, for one thread. */
  final class RawSocket implements Client {

    private static final byte[] REQUEST =
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private @Nullable Socket socket;

    @Override
    public int get(URI uri) throws IOException {
      Socket open = socket;
      if (open == null) {
        open = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
        open.setTcpNoDelay(true);
        socket = open;
      }
      open.getOutputStream().write(REQUEST);
      new DataInputStream(open.getInputStream()).readFully(new byte[Responder.RESPONSE.length]);
      return 200;
    }
  }
}
