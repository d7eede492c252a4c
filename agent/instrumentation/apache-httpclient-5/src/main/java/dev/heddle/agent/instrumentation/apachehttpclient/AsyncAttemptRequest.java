package dev.heddle.agent.instrumentation.apachehttpclient;

import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHttpRequest;

/** A request of ours: the async client's hook lets it pass. */
final class AsyncAttemptRequest extends BasicHttpRequest {

  private static final long serialVersionUID = 1L;

  AsyncAttemptRequest(HttpRequest app) {
    super(app.getMethod(), app.getPath());
  }
}
