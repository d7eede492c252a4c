package dev.heddle.agent.instrumentation.httpurlconnection;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;

/**
 * The app's own connection, lent to the first attempt of its call where rules change nothing that
 * it sends: nearly always, and then no second connection has to be made. What it is set to for the
 * attempt it has no more behind it.
 */
final class OwnAttempt {

  private static final String PROXY = "instProxy";

  private final HttpURLConnection app;
  private final ConnectionFields fields;

  OwnAttempt(HttpURLConnection app, ConnectionFields fields) {
    this.app = app;
    this.fields = fields;
  }

  /** Runs the steps of an attempt; one that throws leaves nothing behind. */
  Received during(Attempts.Way way, Attempts.Step<Received> step) throws IOException {
    Object proxy = fields.get(PROXY);
    boolean follows = app.getInstanceFollowRedirects();
    int connectMillis = app.getConnectTimeout();
    boolean responded = false;
    Object cookies = HopCookies.keepWith(app.getURL(), fields);
    fields.set(PROXY, Proxy.NO_PROXY);
    app.setInstanceFollowRedirects(false); // each hop is a call of its own
    try {
      Received received = Attempts.during(way, step);
      responded = true;
      return received;
    } finally {
      if (!responded) {
        fields.reset();
      }
      app.setInstanceFollowRedirects(follows);
      app.setConnectTimeout(connectMillis);
      fields.set(PROXY, proxy);
      HopCookies.restore(cookies, fields);
    }
  }
}
