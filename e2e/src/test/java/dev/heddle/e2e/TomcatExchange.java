package dev.heddle.e2e;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collections;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.jspecify.annotations.Nullable;

/** A request to Tomcat as the JDK's server gives it. */
final class TomcatExchange extends HttpExchange {

  private static final int HTTP = 80;

  private final Request request;
  private final Response response;
  private final Headers requestHeaders = new Headers();
  private final Headers responseHeaders = new Headers();
  private int code = -1;

  TomcatExchange(Request request, Response response) {
    this.request = request;
    this.response = response;
    for (String name : Collections.list(request.getHeaderNames())) {
      requestHeaders.put(name, Collections.list(request.getHeaders(name)));
    }
    if (!requestHeaders.containsKey("host")) { // HTTP/2 has :authority
      int port = request.getServerPort();
      requestHeaders.set("host", request.getServerName() + (port == HTTP ? "" : ":" + port));
    }
  }

  @Override
  public Headers getRequestHeaders() {
    return requestHeaders;
  }

  @Override
  public Headers getResponseHeaders() {
    return responseHeaders;
  }

  @Override
  public URI getRequestURI() {
    String query = request.getQueryString();
    return URI.create(request.getRequestURI() + (query == null ? "" : "?" + query));
  }

  @Override
  public String getRequestMethod() {
    return request.getMethod();
  }

  @Override
  public void sendResponseHeaders(int status, long length) {
    code = status;
    response.setStatus(status);
    responseHeaders.forEach(
        (name, values) -> values.forEach(value -> response.addHeader(name, value)));
    if (length > 0) {
      response.setContentLengthLong(length);
    }
  }

  /** Tomcat ends it. */
  @Override
  public void close() {}

  @Override
  public InputStream getRequestBody() {
    try {
      return request.getInputStream();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public OutputStream getResponseBody() {
    try {
      return response.getOutputStream();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public InetSocketAddress getRemoteAddress() {
    return InetSocketAddress.createUnresolved(request.getRemoteAddr(), request.getRemotePort());
  }

  @Override
  public InetSocketAddress getLocalAddress() {
    return InetSocketAddress.createUnresolved(request.getLocalAddr(), request.getLocalPort());
  }

  @Override
  public int getResponseCode() {
    return code;
  }

  @Override
  public String getProtocol() {
    return request.getProtocol();
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return request.getAttribute(name);
  }

  @Override
  public void setAttribute(String name, Object value) {
    request.setAttribute(name, value);
  }

  @Override
  public HttpContext getHttpContext() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setStreams(InputStream in, OutputStream out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public HttpPrincipal getPrincipal() {
    throw new UnsupportedOperationException();
  }
}
