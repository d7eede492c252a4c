package dev.heddle.e2e.probe;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Apache HttpClient 5, classic. */
final class ApacheClient implements Client {

  private static final int CONNECTIONS = 64;

  private final Canceller canceller = new Canceller();
  private final CloseableHttpClient client;

  ApacheClient(boolean browsing, @Nullable InetSocketAddress proxy) {
    HttpClientBuilder builder =
        HttpClients.custom()
            .disableAutomaticRetries()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(CONNECTIONS)
                    .setMaxConnTotal(CONNECTIONS)
                    .build());
    if (!browsing) {
      builder.disableRedirectHandling().disableCookieManagement();
    }
    if (proxy != null) {
      builder.setProxy(new HttpHost(proxy.getAddress(), proxy.getPort()));
    }
    client = builder.build();
  }

  @Override
  public Answer call(Ask ask) throws IOException {
    HttpUriRequestBase request = new HttpUriRequestBase(ask.method(), URI.create(ask.url()));
    ask.headers().forEach(request::setHeader);
    if (ask.options().timeoutMillis() > 0) {
      request.setConfig(
          RequestConfig.custom()
              .setResponseTimeout(Timeout.ofMilliseconds(ask.options().timeoutMillis()))
              .build());
    }
    if (ask.body() != null) {
      request.setEntity(ask.options().streamed() ? once(ask.body()) : new StringEntity(ask.body()));
    }
    canceller.plan(ask, request::cancel);
    return client.execute(request, response -> answer(ask, response));
  }

  private static HttpEntity once(String body) {
    InputStream stream = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    return new InputStreamEntity(stream, ContentType.TEXT_PLAIN);
  }

  private static Answer answer(Ask ask, ClassicHttpResponse response)
      throws IOException, ParseException {
    Map<String, List<String>> headers = new TreeMap<>();
    for (Header header : response.getHeaders()) {
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(header.getValue());
    }
    String body = response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity());
    String thread = Thread.currentThread().getName();
    return new Answer(response.getCode(), headers, body, ask.url(), thread, null, 0);
  }
}
