package dev.heddle.agent.instrumentation.apachehttpclient;

import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHttpRequest;

/**
 * The request of one attempt. The minimal client cannot end an exchange that is under way: the
 * connection of an attempt whose time is over ends by the socket's timeout.
 */
final class MinimalAttemptRequest extends BasicHttpRequest implements Configurable {

  private static final long serialVersionUID = 1L;

  private final transient RequestConfig config;

  MinimalAttemptRequest(HttpRequest app, RequestConfig config) {
    super(app.getMethod(), app.getPath());
    this.config = config;
  }

  @Override
  public RequestConfig getConfig() {
    return config;
  }
}
