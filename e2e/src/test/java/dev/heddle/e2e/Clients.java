package dev.heddle.e2e;

import java.util.List;

/** The clients of the table, by name. */
public final class Clients {

  static final String JAVA_NET_HTTP = "java.net.http";
  static final String JAVA_NET_HTTP_ASYNC = "java.net.http async";
  static final String URL_CONNECTION = "HttpURLConnection";
  static final String APACHE_5 = "HttpClient 5";
  static final String APACHE_5_ASYNC = "HttpClient 5 async";

  /** The async client without redirects, cookies, proxies; it gives its body once. */
  static final String APACHE_5_MINIMAL = "HttpClient 5 async minimal";

  /** In a pod that the node daemon serves: a program that knows of no mesh. */
  public static final String CURL = "curl";

  /** The same with HTTP/2 from the first byte. */
  public static final String CURL_HTTP_2 = "curl HTTP/2";

  /** Those of the probe, under the agent. */
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
