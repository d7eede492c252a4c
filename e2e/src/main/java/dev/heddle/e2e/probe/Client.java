package dev.heddle.e2e.probe;

/** One of the HTTP clients that applications use. */
interface Client {

  /** Makes the call; throws what the library throws. */
  Answer call(Ask ask) throws Exception;

  /** The client of this name. */
  static Client of(String name, boolean followRedirects) {
    return switch (name) {
      case "java.net.http" -> new JavaHttpClient(false, followRedirects);
      case "java.net.http async" -> new JavaHttpClient(true, followRedirects);
      case "HttpURLConnection" -> new UrlConnectionClient(followRedirects);
      case "HttpClient 5" -> new ApacheClient(followRedirects);
      default -> throw new IllegalArgumentException(name);
    };
  }
}
