package dev.heddle.agent.instrumentation.httpurlconnection;

import dev.heddle.agent.core.call.BodyLimit;
import dev.heddle.policy.call.LocalReply;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A response on its way to the app's connection: an attempt's, or the mesh's own. */
abstract class Received {

  private static final int NO_GRPC_STATUS = -1;

  abstract int status();

  abstract int grpcStatus();

  /** The header of a redirect. */
  abstract @Nullable String location();

  /** Where the response is from, for a request to this URL. */
  abstract URL url(URL requested);

  abstract void discard();

  /** Makes it the app's connection's own; returns or throws what getInputStream would. */
  abstract InputStream become(ConnectionFields app) throws IOException;

  /** The response of an attempt. */
  static final class OfAttempt extends Received {
    private static final String[] TAKEN_OVER = {
      "inputStream",
      "errorStream",
      "responses",
      "cachedHeaders",
      "responseCode",
      "responseMessage",
      "rememberedException",
      "http",
      "connected"
    };

    private final Attempts.Way way;
    private final HttpURLConnection attempt;
    private final boolean own;
    private final int status;
    private final int grpcStatus;
    @Nullable List<String[]> changedHeaders;
    @Nullable BodyLimit limit;

    @SuppressWarnings("ReferenceEquality") // that very connection
    OfAttempt(Attempts.Way way, HttpURLConnection app) throws IOException {
      this.way = way;
      this.attempt = way.connection();
      this.own = attempt == app;
      this.status = attempt.getResponseCode();
      this.grpcStatus = number(attempt.getHeaderField("grpc-status"));
    }

    /** getHeaderFieldInt throws and catches where there is no such header. */
    private static int number(@Nullable String grpcStatus) {
      try {
        return grpcStatus == null ? NO_GRPC_STATUS : Integer.parseInt(grpcStatus);
      } catch (NumberFormatException e) {
        return NO_GRPC_STATUS;
      }
    }

    HttpURLConnection attempt() {
      return attempt;
    }

    @Override
    int status() {
      return status;
    }

    @Override
    int grpcStatus() {
      return grpcStatus;
    }

    @Override
    @Nullable String location() {
      if (changedHeaders == null) {
        return attempt.getHeaderField("location");
      }
      return changedHeaders.stream()
          .filter(header -> "location".equalsIgnoreCase(header[0]))
          .map(header -> header[1])
          .findFirst()
          .orElse(null);
    }

    @Override
    URL url(URL requested) {
      return way.redirected() ? attempt.getURL() : requested;
    }

    @Override
    void discard() {
      InputStream error = attempt.getErrorStream();
      if (error == null) {
        attempt.disconnect();
      } else {
        try {
          error.close(); // an error body that is short is read, and the connection kept
        } catch (IOException e) {
          attempt.disconnect();
        }
      }
      if (own) {
        new ConnectionFields(attempt).reset();
      }
    }

    @Override
    InputStream become(ConnectionFields app) throws IOException {
      if (!own) {
        ConnectionFields from = new ConnectionFields(attempt);
        for (String field : TAKEN_OVER) {
          app.set(field, from.get(field));
        }
      }
      if (changedHeaders != null) {
        app.setResponseHeaders(changedHeaders);
      }
      if (limit != null) {
        limitBody(app, limit);
      }
      InputStream unused = attempt.getInputStream(); // throws what it throws for the status
      return (InputStream) Objects.requireNonNull(app.get("inputStream"));
    }

    private static void limitBody(ConnectionFields app, BodyLimit limit) {
      Object body = app.get("inputStream");
      Object http = app.get("http");
      if (body != null && http != null) {
        app.set("inputStream", limit.over((InputStream) body, () -> Sockets.close(http)));
      }
    }
  }

  /** A response of the mesh itself. */
  static final class OfMesh extends Received {
    private final LocalReply reply;
    private final URL url;

    OfMesh(LocalReply reply, URL url) {
      this.reply = reply;
      this.url = url;
    }

    @Override
    int status() {
      return reply.status();
    }

    @Override
    int grpcStatus() {
      return NO_GRPC_STATUS;
    }

    @Override
    @Nullable String location() {
      return reply.headers().entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase("location"))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(null);
    }

    @Override
    URL url(URL requested) {
      return requested;
    }

    @Override
    void discard() {}

    @Override
    InputStream become(ConnectionFields app) throws IOException {
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      List<String[]> headers = new ArrayList<>();
      headers.add(new String[] {null, "HTTP/1.1 " + reply.status() + " " + reply.reason()});
      headers.add(new String[] {"content-type", "text/plain; charset=utf-8"});
      headers.add(new String[] {"content-length", Integer.toString(body.length)});
      headers.add(new String[] {LocalReply.REASON_HEADER, reply.reason()});
      reply.headers().forEach((name, value) -> headers.add(new String[] {name, value}));
      InputStream stream = new ByteArrayInputStream(body);
      app.setResponseHeaders(headers);
      app.set("inputStream", stream);
      app.set("responseCode", reply.status());
      app.set("responseMessage", reply.reason());
      app.set("connected", true);
      if (reply.status() >= 400) {
        app.set("errorStream", stream);
        throw refusal();
      }
      return stream;
    }

    /** What the JDK throws for such a status. */
    private IOException refusal() {
      boolean missing = reply.status() == 404 || reply.status() == 410;
      return missing
          ? new FileNotFoundException(url.toString())
          : new IOException(
              "Server returned HTTP response code: " + reply.status() + " for URL: " + url);
    }
  }
}
