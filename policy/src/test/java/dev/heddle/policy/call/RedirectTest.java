package dev.heddle.policy.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.TestRequest;
import dev.heddle.policy.route.Redirect;
import dev.heddle.policy.route.Redirect.PortSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectTest {

  @ParameterizedTest
  @CsvSource({
    // uri, authority, scheme, port source, port, requested authority, location
    "/v2,     ,        ,      UNCHANGED,        0,    reviews:9080, http://reviews:9080/v2?a=b",
    "/v2?c=d, ,        ,      UNCHANGED,        0,    reviews:9080, http://reviews:9080/v2?c=d",
    ",        other,   ,      UNCHANGED,        0,    reviews:9080, http://other/x?a=b",
    ",        ,        https, UNCHANGED,        0,    reviews:9080, https://reviews:9080/x?a=b",
    ",        ,        https, UNCHANGED,        0,    reviews:80,   https://reviews/x?a=b",
    ",        ,        https, FIXED,            8443, reviews:9080, https://reviews:8443/x?a=b",
    ",        ,        https, FIXED,            443,  reviews:9080, https://reviews/x?a=b",
    ",        ,        https, PROTOCOL_DEFAULT, 0,    reviews:9080, https://reviews/x?a=b",
    ",        other,   ,      FROM_REQUEST,     0,    reviews:9080, http://other:9080/x?a=b",
    ",        '[::1]', ,      FROM_REQUEST,     0,    reviews:9080, http://[::1]:9080/x?a=b",
  })
  void theLocationIsTheRequestsWithThePartsThatTheRouteChanges(
      String uri,
      String authority,
      String scheme,
      PortSource portSource,
      int port,
      String requested,
      String location) {
    Redirect redirect =
        Redirect.builder()
            .uri(uri)
            .authority(authority)
            .scheme(scheme)
            .portSource(portSource)
            .port(port)
            .code(301)
            .build();
    LocalReply reply = Replies.redirect(redirect, TestRequest.get("/x?a=b").to(requested));
    assertThat(reply.status()).isEqualTo(301);
    assertThat(reply.headers()).containsEntry("location", location);
  }
}
