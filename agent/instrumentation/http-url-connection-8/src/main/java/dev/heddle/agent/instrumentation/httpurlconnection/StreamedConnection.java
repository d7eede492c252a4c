package dev.heddle.agent.instrumentation.httpurlconnection;

import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.agent.core.call.StreamedCall;
import dev.heddle.policy.snapshot.HostRouter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;

/** A connection whose body goes out while the app writes it; it is sent once. */
final class StreamedConnection {

  private final HttpURLConnection app;
  private final ConnectionFields fields;

  StreamedConnection(HttpURLConnection app, ConnectionFields fields) {
    this.app = app;
    this.fields = fields;
  }

  /** Connects to an endpoint; the stream that takes the body. */
  OutputStream open(CallPipeline pipeline, HostRouter host) throws Exception {
    Object open = fields.get("ps");
    if (open instanceof StreamedBody) {
      return ((StreamedBody) open).body();
    }
    Hop hop = Hop.first(app, fields);
    StreamedCall<Received> call =
        pipeline.blocking().stream(
            pipeline.call(host, hop, false), new ConnectionExchange(app, fields, hop, pipeline));
    OutputStream body = call.open();
    if (body == null) {
      body = new DroppedBody();
    }
    fields.set("ps", new StreamedBody(body, call));
    return body;
  }

  /** The app asks for the response without having asked for the stream. */
  Object[] respondUnwritten(CallPipeline pipeline, HostRouter host) throws Exception {
    Object failed = fields.bodyFailure();
    if (failed instanceof IOException) {
      throw (IOException) failed;
    }
    OutputStream unused = open(pipeline, host);
    return respond();
  }

  /** {stream, null}. */
  Object[] respond() throws Exception {
    StreamedBody body = (StreamedBody) fields.get("ps");
    fields.set("ps", null);
    if (body == null) {
      throw new IllegalStateException("no body is being written");
    }
    Received received = body.call().respond();
    if (Redirects.location(app, app.getURL(), received) != null) {
      String location = received.location();
      received.discard();
      throw new HttpRetryException(
          "cannot retry due to redirection, in streaming mode", received.status(), location);
    }
    return new Object[] {received.become(fields), null};
  }
}
