package dev.heddle.agent.instrumentation.undertow;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.heddle.agent.core.install.GuardsRequests;
import dev.heddle.agent.core.install.HookedType;
import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import java.util.Arrays;
import java.util.List;

/** Hooks of Undertow 2 that have its requests judged. */
public final class UndertowModule extends InstrumentationModule implements GuardsRequests {

  /** Found by ServiceLoader. */
  public UndertowModule() {
    super("heddle-undertow");
  }

  @Override
  public List<TypeInstrumentation> typeInstrumentations() {
    return Arrays.asList(new ConnectorsType(), new ServerType());
  }

  private static final class ConnectorsType extends HookedType {
    ConnectorsType() {
      super("io.undertow.server.Connectors");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("executeRootHandler").and(takesArguments(2)),
          "dev.heddle.agent.instrumentation.undertow.GateAdvice");
    }
  }

  /** Who opens XNIO's listeners without it has ports of which nobody knows who sees requests. */
  private static final class ServerType extends HookedType {
    ServerType() {
      super("io.undertow.Undertow");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("start").and(takesArguments(0)),
          "dev.heddle.agent.instrumentation.undertow.PortAdvice");
    }
  }
}
