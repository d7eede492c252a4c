package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.HeaderChanges;
import dev.heddle.agent.core.call.Mirrors;
import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.route.HeaderChange;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/** What an attempt changes of a request's head, and where it goes. */
final class AttemptHead {

  private static final int NO_GRPC_STATUS = -1;

  private AttemptHead() {}

  /** Makes a new request one of an attempt; authority null: the app's own. */
  static void fill(
      HttpRequest request, HttpRequest app, Attempt attempt, @Nullable String authority)
      throws ProtocolException {
    request.setVersion(app.getVersion());
    request.setScheme(app.getScheme());
    request.setPath(attempt.path());
    if (authority == null && attempt.requestHeaders().isEmpty()) { // nearly always
      request.setAuthority(app.getAuthority());
      request.setHeaders(app.getHeaders());
      return;
    }
    Map<String, List<String>> headers = headers(app);
    if (authority == null) {
      request.setAuthority(app.getAuthority());
    } else {
      headers.keySet().removeIf("host"::equalsIgnoreCase);
      try {
        request.setAuthority(URIAuthority.create(authority));
      } catch (URISyntaxException e) {
        throw new ProtocolException("authority " + authority + " is no host", e);
      }
    }
    HeaderChanges.apply(attempt.requestHeaders(), headers);
    replaceHeaders(request, headers);
  }

  /** The authority of a copy of an attempt. */
  static String shadow(Attempt attempt, RequestHead head) {
    return Mirrors.authority(attempt.authority() == null ? head.authority() : attempt.authority());
  }

  /** The status that rules see: of what the app encrypts they see that there is a response. */
  static int status(RequestHead head, HttpResponse response) {
    return head.isEncrypted() ? HttpStatus.SC_OK : response.getCode();
  }

  static int grpcStatus(RequestHead head, HttpMessage response) {
    if (head.isEncrypted()) {
      return NO_GRPC_STATUS;
    }
    Header status = response.getFirstHeader("grpc-status");
    try {
      return status == null ? NO_GRPC_STATUS : Integer.parseInt(status.getValue());
    } catch (NumberFormatException e) {
      return NO_GRPC_STATUS;
    }
  }

  static void change(HttpMessage message, List<HeaderChange> changes) {
    if (!changes.isEmpty()) {
      Map<String, List<String>> headers = headers(message);
      HeaderChanges.apply(changes, headers);
      replaceHeaders(message, headers);
    }
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
