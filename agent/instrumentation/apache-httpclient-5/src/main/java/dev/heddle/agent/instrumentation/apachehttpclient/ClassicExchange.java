package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.BlockingExchange;
import dev.heddle.agent.core.call.HeaderChanges;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.call.LocalReply;
import dev.heddle.policy.retry.Outcome;
import dev.heddle.policy.route.HeaderChange;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/** One call of the classic client. */
final class ClassicExchange implements BlockingExchange<ClassicHttpResponse> {

  private static final int NO_GRPC_STATUS = -1;

  private final Executor executor;
  private final ClassicRequest head;
  private final ClassicHttpRequest app;
  private volatile @Nullable AttemptRequest sending;

  ClassicExchange(Executor executor, ClassicRequest head, ClassicHttpRequest app) {
    this.executor = executor;
    this.head = head;
    this.app = app;
  }

  @Override
  public ClassicHttpResponse send(Attempt attempt) throws Exception {
    String authority = attempt.authority() == null ? head.authority() : attempt.authority();
    AttemptRequest request = new AttemptRequest(app, authority, attempt.path());
    Map<String, List<String>> headers = headers(app);
    HeaderChanges.apply(attempt.requestHeaders(), headers);
    replaceHeaders(request, headers);
    sending = request;
    return executor.execute(target(attempt.endpoint(), authority), request);
  }

  private static HttpHost target(@Nullable Endpoint endpoint, String authority) throws IOException {
    HttpHost named;
    try {
      named = HttpHost.create("http://" + authority);
    } catch (java.net.URISyntaxException e) {
      throw new IOException("authority " + authority + " is no host", e);
    }
    if (endpoint == null) {
      return named;
    }
    InetAddress address = InetAddress.getByName(endpoint.address());
    return new HttpHost("http", address, named.getHostName(), endpoint.port());
  }

  @Override
  public void abort() {
    AttemptRequest request = sending;
    if (request != null) {
      request.cancel();
    }
  }

  @Override
  public Outcome outcome(Exception failure) {
    boolean unconnected =
        failure instanceof ConnectException
            || failure instanceof ConnectTimeoutException
            || failure instanceof NoRouteToHostException
            || failure instanceof UnknownHostException;
    return unconnected ? Outcome.CONNECT_FAILED : Outcome.RESET;
  }

  @Override
  public int status(ClassicHttpResponse response) {
    return response.getCode();
  }

  @Override
  public int grpcStatus(ClassicHttpResponse response) {
    Header status = response.getFirstHeader("grpc-status");
    return status == null ? NO_GRPC_STATUS : Integer.parseInt(status.getValue());
  }

  @Override
  public void discard(ClassicHttpResponse response) {
    try {
      response.close();
    } catch (IOException e) {
      abort(); // what cannot be closed in order is cut
    }
  }

  @Override
  public ClassicHttpResponse deliver(ClassicHttpResponse response, List<HeaderChange> changes) {
    if (!changes.isEmpty()) {
      Map<String, List<String>> headers = headers(response);
      HeaderChanges.apply(changes, headers);
      replaceHeaders(response, headers);
    }
    return response;
  }

  @Override
  public ClassicHttpResponse reply(LocalReply reply) {
    BasicClassicHttpResponse response = new BasicClassicHttpResponse(reply.status());
    response.setHeader(LocalReply.REASON_HEADER, reply.reason());
    reply.headers().forEach(response::setHeader);
    ContentType type = ContentType.create("text/plain", StandardCharsets.UTF_8);
    response.setEntity(new StringEntity(reply.body(), type));
    return executor.closeable(response);
  }

  private static Map<String, List<String>> headers(HttpMessage message) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Header header : message.getHeaders()) {
      headers.computeIfAbsent(header.getName(), name -> new ArrayList<>()).add(header.getValue());
    }
    return headers;
  }

  private static void replaceHeaders(HttpMessage message, Map<String, List<String>> headers) {
    message.setHeaders();
    headers.forEach((name, values) -> values.forEach(value -> message.addHeader(name, value)));
  }
}
