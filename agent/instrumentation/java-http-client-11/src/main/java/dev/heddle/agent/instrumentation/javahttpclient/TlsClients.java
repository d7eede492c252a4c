package dev.heddle.agent.instrumentation.javahttpclient;

import dev.heddle.agent.core.tls.Origination;
import java.net.http.HttpClient;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * The app's client again, with the TLS of a rule in place of its own: a client has one context for
 * all that it calls. It lives as long as the app's.
 */
final class TlsClients {

  private final Map<HttpClient, Map<Origination, HttpClient>> byApp =
      Collections.synchronizedMap(new WeakHashMap<>());

  HttpClient of(HttpClient app, Origination tls) {
    // Rules whose files changed are new values; the old ones go when nobody holds them any more.
    return byApp
        .computeIfAbsent(app, a -> Collections.synchronizedMap(new WeakHashMap<>()))
        .computeIfAbsent(tls, t -> like(app, t));
  }

  private static HttpClient like(HttpClient app, Origination tls) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .sslContext(tls.context())
            .version(app.version())
            .followRedirects(app.followRedirects());
    app.connectTimeout().ifPresent(builder::connectTimeout);
    app.cookieHandler().ifPresent(builder::cookieHandler);
    app.authenticator().ifPresent(builder::authenticator);
    app.executor().ifPresent(builder::executor);
    return builder.build();
  }
}
