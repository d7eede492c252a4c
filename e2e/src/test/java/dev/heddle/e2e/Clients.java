package dev.heddle.e2e;

import java.util.List;

/** The HTTP clients of the probe, by name. */
final class Clients {

  static final String JAVA_NET_HTTP = "java.net.http";
  static final String JAVA_NET_HTTP_ASYNC = "java.net.http async";
  static final String URL_CONNECTION = "HttpURLConnection";
  static final String APACHE_5 = "HttpClient 5";
  static final String APACHE_5_ASYNC = "HttpClient 5 async";

  /** The async client without redirects, cookies, proxies; it gives its body once. */
  static final String APACHE_5_MINIMAL = "HttpClient 5 async minimal";

  static final List<String> ALL =
      List.of(
          JAVA_NET_HTTP,
          JAVA_NET_HTTP_ASYNC,
          URL_CONNECTION,
          APACHE_5,
          APACHE_5_ASYNC,
          APACHE_5_MINIMAL);

  private Clients() {}
}
