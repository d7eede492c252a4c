package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.HeaderChanges;
import dev.heddle.policy.route.HeaderChange;
import java.io.IOException;
import java.util.Date;
import java.util.List;
import org.apache.hc.client5.http.cookie.Cookie;
import org.apache.hc.client5.http.cookie.CookieOrigin;
import org.apache.hc.client5.http.cookie.CookieStore;
import org.apache.hc.client5.http.impl.cookie.RFC6265LaxSpec;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.protocol.ResponseProcessCookies;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.jspecify.annotations.Nullable;

/** The cookies that the client keeps, which it sends and reads below our hook. */
final class Cookies {

  private Cookies() {}

  /** What the client will add to a request, as a header; null: nothing. */
  @SuppressWarnings({"deprecation", "JavaUtilDate"}) // isExpired of an Instant came with 5.2
  static @Nullable String sent(HttpClientContext context, CookieOrigin to) {
    CookieStore store = context.getCookieStore();
    if (store == null) {
      return null;
    }
    RFC6265LaxSpec spec = new RFC6265LaxSpec();
    Date now = new Date();
    StringBuilder header = new StringBuilder();
    for (Cookie cookie : store.getCookies()) {
      if (!cookie.isExpired(now) && spec.match(cookie, to)) {
        header.append(header.length() == 0 ? "" : "; ");
        header.append(cookie.getName()).append('=').append(cookie.getValue());
      }
    }
    return header.length() == 0 ? null : header.toString();
  }

  /** Lets the client keep what the mesh gives with a response that it has read already. */
  static void keep(List<HeaderChange> changes, HttpClientContext context) {
    List<String> given = HeaderChanges.cookiesGiven(changes);
    if (given.isEmpty()) {
      return;
    }
    HttpResponse carrier = new BasicHttpResponse(HttpStatus.SC_OK);
    given.forEach(cookie -> carrier.addHeader("Set-Cookie", cookie));
    try {
      new ResponseProcessCookies().process(carrier, null, context);
    } catch (HttpException | IOException e) {
      // a store that takes no cookies; the app has them in the response
    }
  }
}
