package dev.heddle.agent.instrumentation.jetty;

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
 * Hooks of Jetty 12 that have its requests judged. Before 12 {@code Server.handle} has other
 * arguments: nothing is hooked there, and its ports are judged by their connections.
 */
public final class JettyModule extends InstrumentationModule implements GuardsRequests {

  /** Found by ServiceLoader. */
  public JettyModule() {
    super("heddle-jetty");
  }

  @Override
  public List<TypeInstrumentation> typeInstrumentations() {
    return Arrays.asList(new ServerType(), new ConnectorType());
  }

  private static final class ServerType extends HookedType {
    ServerType() {
      super("org.eclipse.jetty.server.Server");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("handle")
              .and(takesArguments(3))
              .and(takesArgument(0, named("org.eclipse.jetty.server.Request"))),
          "dev.heddle.agent.instrumentation.jetty.GateAdvice");
    }
  }

  private static final class ConnectorType extends HookedType {
    ConnectorType() {
      super("org.eclipse.jetty.server.ServerConnector");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("open").and(takesArguments(0)),
          "dev.heddle.agent.instrumentation.jetty.PortAdvice");
    }
  }
}
