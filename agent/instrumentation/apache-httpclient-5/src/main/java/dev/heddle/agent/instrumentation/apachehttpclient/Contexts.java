package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.Mirrors;
import java.util.Date;
import java.util.List;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.cookie.Cookie;
import org.apache.hc.client5.http.cookie.CookieStore;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** The contexts in which attempts and mirrors are made. */
final class Contexts {

  private Contexts() {}

  /** Puts back what an attempt left in the app's context. */
  static void restore(HttpClientContext context, HttpRoute route, HttpRequest request) {
    try {
      context.setRoute(route);
      context.setRequest(request);
    } catch (NoSuchMethodError before54) {
      context.setAttribute("http.route", route);
      context.setAttribute("http.request", request);
    }
  }

  /** A context that shares nothing with the app's that a mirror could change. */
  static HttpClientContext ofMirror(HttpClientContext app, @Nullable RequestConfig config) {
    HttpClientContext context = HttpClientContext.create();
    RequestConfig.Builder builder =
        RequestConfig.copy(config == null ? RequestConfig.DEFAULT : config);
    context.setRequestConfig(
        builder
            .setConnectionRequestTimeout(Timeout.ofMilliseconds(Mirrors.TIMEOUT_MILLIS))
            .setResponseTimeout(Timeout.ofMilliseconds(Mirrors.TIMEOUT_MILLIS))
            .build());
    context.setCookieSpecRegistry(app.getCookieSpecRegistry());
    CookieStore cookies = app.getCookieStore();
    if (cookies != null) {
      context.setCookieStore(new SentCookies(cookies));
    }
    return context;
  }

  /** The app's cookies, to be sent; a mirror's answer sets none. */
  private static final class SentCookies implements CookieStore {
    private final CookieStore app;

    SentCookies(CookieStore app) {
      this.app = app;
    }

    @Override
    public void addCookie(Cookie cookie) {}

    @Override
    public List<Cookie> getCookies() {
      return app.getCookies();
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // the library's method, not ours to replace
    public boolean clearExpired(Date date) {
      return false;
    }

    @Override
    public boolean clearExpired(java.time.Instant date) {
      return false;
    }

    @Override
    public void clear() {}
  }
}
