package dev.heddle.agent.core.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PropagationTest {

  private final AtomicInteger dropped = new AtomicInteger();
  private final Propagation propagation =
      new Propagation(
          Propagation.names(Arrays.asList("tracing", "End-User")), dropped::incrementAndGet);

  private static String repeated(int length) {
    return String.join("", Collections.nCopies(length, "x"));
  }

  @Test
  void aNameIsKnownInLowerCaseAndAsTheJdkWritesIt() {
    Headers ofTheJdk = new Headers();
    ofTheJdk.add("END-USER", "tester");
    assertThat(propagation.inherited(ofTheJdk.keySet().iterator().next())).isEqualTo("end-user");
    assertThat(propagation.inherited("Traceparent")).isEqualTo("traceparent");
    assertThat(propagation.inherited("traceparent")).isEqualTo("traceparent");
    assertThat(propagation.inherited("cookie")).isNull();
  }

  @Test
  void tracingStandsForAllHeadersOfTracing() {
    assertThat(propagation.names()).containsAll(Propagation.TRACING).hasSize(14);
  }

  @Test
  void whatBelongsToOneMessageIsRefused() {
    for (String name : Arrays.asList("Host", "content-length", "Connection", "a b", "")) {
      assertThatThrownBy(() -> Propagation.names(Collections.singletonList(name)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void moreNamesThanTheLimitAreRefused() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i <= Propagation.MAX_NAMES; i++) {
      names.add("x-" + i);
    }
    assertThatThrownBy(() -> Propagation.names(names)).hasMessageContaining("65");
  }

  @Test
  void headersBeyondTheLimitAreLeftOutWholeAndCounted() {
    RequestContext.Builder request = propagation.request();
    request.add("baggage", repeated(RequestContext.Builder.MAX_CHARS));
    request.add("traceparent", "00-1-2-01");
    RequestContext context = request.build();
    assertThat(context.headers()).containsOnlyKeys("baggage");
    assertThat(dropped).hasValue(1);
  }

  @Test
  void aValueThatIsNotPlainTextIsLeftOutAndCounted() {
    RequestContext.Builder request = propagation.request();
    request.add("baggage", "a\r\nhost: elsewhere");
    request.add("end-user", "t\u00e9ster");
    assertThat(request.build()).isSameAs(RequestContext.EMPTY);
    assertThat(dropped).hasValue(2);
  }
}
