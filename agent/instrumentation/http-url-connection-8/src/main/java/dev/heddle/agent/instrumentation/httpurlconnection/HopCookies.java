package dev.heddle.agent.instrumentation.httpurlconnection;

import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The app's cookies of the URL that it calls, whatever URL an attempt's connection has. */
final class HopCookies extends CookieHandler {

  private final CookieHandler app;
  private final URI called;

  HopCookies(CookieHandler app, URI called) {
    this.app = app;
    this.called = called;
  }

  @Override
  public Map<String, List<String>> get(URI attempt, Map<String, List<String>> headers)
      throws IOException {
    return app.get(called, headers);
  }

  @Override
  public void put(URI attempt, Map<String, List<String>> headers) throws IOException {
    app.put(called, headers);
  }
}
