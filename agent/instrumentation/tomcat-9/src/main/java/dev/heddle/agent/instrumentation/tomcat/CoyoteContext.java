package dev.heddle.agent.instrumentation.tomcat;

import dev.heddle.agent.core.context.InboundRequests;
import dev.heddle.agent.core.context.Propagation;
import dev.heddle.agent.core.context.RequestContext;
import java.util.Enumeration;
import java.util.List;
import org.apache.coyote.Request;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;

/** Reads what is handed on from Tomcat's own request. */
final class CoyoteContext {

  private CoyoteContext() {}

  /** Looks names up, which compares bytes: going through all headers would make strings of them. */
  static RequestContext of(Request request) {
    Propagation propagation = InboundRequests.propagation();
    RequestContext.Builder context = propagation.request();
    MimeHeaders headers = request.getMimeHeaders();
    List<String> names = propagation.names();
    for (int i = 0; i < names.size(); i++) {
      String value = value(headers, names.get(i));
      if (value != null) {
        context.add(names.get(i), value);
      }
    }
    return context.build();
  }

  private static @Nullable String value(MimeHeaders headers, String name) {
    if (headers.getValue(name) == null) {
      return null;
    }
    Enumeration<String> values = headers.values(name);
    String joined = values.nextElement();
    while (values.hasMoreElements()) {
      joined = joined + "," + values.nextElement();
    }
    return joined;
  }
}
