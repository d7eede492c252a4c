package dev.heddle.agent.instrumentation.jdkhttpserver;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.heddle.agent.core.install.GuardsRequests;
import dev.heddle.agent.core.install.HookedType;
import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Hooks of com.sun.net.httpserver, the same on 8 to 25. MODE=strict lets no request pass where they
 * cannot be placed, for then nobody judges it.
 */
public final class JdkHttpServerModule extends InstrumentationModule implements GuardsRequests {

  /** Found by ServiceLoader. */
  public JdkHttpServerModule() {
    super("heddle-jdk-http-server");
  }

  @Override
  public List<TypeInstrumentation> typeInstrumentations() {
    return Arrays.asList(
        new ChainType(),
        new ServerType("sun.net.httpserver.HttpServerImpl"),
        new ServerType("sun.net.httpserver.HttpsServerImpl"));
  }

  private static final class ChainType extends HookedType {
    ChainType() {
      super("com.sun.net.httpserver.Filter$Chain");
    }

    @Override
    public List<String> alsoOpens() {
      return Collections.singletonList("sun.net.httpserver");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("doFilter").and(takesArguments(1)),
          "dev.heddle.agent.instrumentation.jdkhttpserver.ChainAdvice");
      transformer.applyAdviceToMethod(
          named("doFilter").and(takesArguments(1)),
          "dev.heddle.agent.instrumentation.jdkhttpserver.GateAdvice");
    }
  }

  private static final class ServerType extends HookedType {
    ServerType(String name) {
      super(name);
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("start").and(takesArguments(0)),
          "dev.heddle.agent.instrumentation.jdkhttpserver.PortAdvice");
    }
  }
}
