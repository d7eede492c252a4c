package dev.heddle.agent.instrumentation.tomcat;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.heddle.agent.core.install.GuardsRequests;
import dev.heddle.agent.core.install.HookedType;
import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import java.util.Arrays;
import java.util.List;

/**
 * Hooks around a request in Tomcat, the same from 9 to 11. MODE=strict lets no request pass where
 * they cannot be placed, for then nobody judges it.
 */
public final class TomcatModule extends InstrumentationModule implements GuardsRequests {

  /** Found by ServiceLoader. */
  public TomcatModule() {
    super("heddle-tomcat");
  }

  @Override
  public List<TypeInstrumentation> typeInstrumentations() {
    return Arrays.asList(new AdapterType(), new EndpointType());
  }

  private static final class AdapterType extends HookedType {
    AdapterType() {
      super("org.apache.catalina.connector.CoyoteAdapter");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("service")
              .or(named("asyncDispatch"))
              .and(takesArgument(0, named("org.apache.coyote.Request"))),
          "dev.heddle.agent.instrumentation.tomcat.ServiceAdvice");
      transformer.applyAdviceToMethod(
          named("postParseRequest").and(takesArguments(4)),
          "dev.heddle.agent.instrumentation.tomcat.GateAdvice");
    }
  }

  private static final class EndpointType extends HookedType {
    EndpointType() {
      super("org.apache.tomcat.util.net.AbstractEndpoint");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("startAcceptorThread").and(takesArguments(0)),
          "dev.heddle.agent.instrumentation.tomcat.PortAdvice");
    }
  }
}
