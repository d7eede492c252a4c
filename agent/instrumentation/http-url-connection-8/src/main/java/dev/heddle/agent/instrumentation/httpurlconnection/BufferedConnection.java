package dev.heddle.agent.instrumentation.httpurlconnection;

import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.policy.snapshot.HostRouter;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * The response of a connection whose body, if it has one, is in memory; by all the redirects that
 * it follows, each a call of its own.
 */
final class BufferedConnection {

  private final CallPipeline pipeline;
  private final HttpURLConnection app;
  private final ConnectionFields fields;

  BufferedConnection(CallPipeline pipeline, HttpURLConnection app, ConnectionFields fields) {
    this.pipeline = pipeline;
    this.app = app;
    this.fields = fields;
  }

  InputStream respond(HostRouter first) throws Exception {
    int limit = Redirects.limit();
    HostRouter host = first;
    Hop hop = Hop.first(app, fields);
    for (int hops = 0; hops < limit; hops++) {
      Received received = receive(host, hop);
      URL location = Redirects.location(app, hop.url(), received);
      if (location == null) {
        fields.set("method", hop.method());
        fields.set("url", received.url(hop.url()));
        return received.become(fields);
      }
      received.discard();
      hop = hop.to(location, received.status());
      host = pipeline.await(Hop.host(location), Hop.port(location));
    }
    throw new ProtocolException("Server redirected too many times (" + limit + ")");
  }

  private Received receive(@Nullable HostRouter host, Hop hop) throws Exception {
    return host == null
        ? unmanaged(hop)
        : pipeline
            .blocking()
            .run(
                pipeline.call(host, hop, true), new ConnectionExchange(app, fields, hop, pipeline));
  }

  private Received unmanaged(Hop hop) throws IOException {
    Attempts.Way way = new AttemptConnections(app, fields, hop, pipeline).unmanaged();
    return Attempts.during(
        way,
        () -> {
          if (hop.body() != null) {
            hop.body().writeTo(way.connection().getOutputStream());
          }
          return new Received.OfAttempt(way, app);
        });
  }
}
