package dev.heddle.agent.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.agent.core.context.Propagation;
import dev.heddle.agent.core.context.RequestContext;
import dev.heddle.policy.route.CallRequest;
import dev.heddle.policy.route.HeaderChange;
import java.util.Arrays;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class InheritingRequestTest {

  private static RequestContext context() {
    RequestContext.Builder request =
        new Propagation(Arrays.asList("end-user", "traceparent"), () -> {}).request();
    request.add("end-user", "tester");
    request.add("traceparent", "00-1-2-01");
    return request.build();
  }

  @Test
  void whatTheAppDidNotSetIsInherited() {
    InheritingRequest request = new InheritingRequest(new App("accept"), context());
    assertThat(request.header("end-user")).isEqualTo("tester");
    assertThat(request.inherited().set()).isEqualTo(context().headers());
    assertThat(request.inherited().remove()).isEmpty();
  }

  @Test
  void whatTheAppSetItselfStays() {
    InheritingRequest request = new InheritingRequest(new App("end-user"), context());
    assertThat(request.header("end-user")).isEqualTo("the app's");
    assertThat(request.inherited().set()).containsOnlyKeys("traceparent");
  }

  @Test
  void whereTheAppSetAllOfThemNothingChanges() {
    RequestContext.Builder one =
        new Propagation(Collections.singletonList("end-user"), () -> {}).request();
    one.add("end-user", "tester");
    InheritingRequest request = new InheritingRequest(new App("end-user"), one.build());
    assertThat(request.inherited()).isEqualTo(HeaderChange.NONE);
  }

  private static final class App implements CallRequest {
    private final String only;

    App(String only) {
      this.only = only;
    }

    @Override
    public String method() {
      return "GET";
    }

    @Override
    public String scheme() {
      return "http";
    }

    @Override
    public String authority() {
      return "reviews:9080";
    }

    @Override
    public String path() {
      return "/";
    }

    @Override
    public int port() {
      return 9080;
    }

    @Override
    public @Nullable String header(String lowerCaseName) {
      return lowerCaseName.equals(only) ? "the app's" : null;
    }
  }
}
