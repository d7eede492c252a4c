package dev.heddle.agent.instrumentation.javahttpclient;

import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/** The head of a response as the app shall see it. */
final class ResponseHead implements HttpResponse.ResponseInfo {

  private final int status;
  private final HttpHeaders headers;
  private final HttpClient.Version version;

  ResponseHead(int status, HttpHeaders headers, HttpClient.Version version) {
    this.status = status;
    this.headers = headers;
    this.version = version;
  }

  @Override
  public int statusCode() {
    return status;
  }

  @Override
  public HttpHeaders headers() {
    return headers;
  }

  @Override
  public HttpClient.Version version() {
    return version;
  }
}
