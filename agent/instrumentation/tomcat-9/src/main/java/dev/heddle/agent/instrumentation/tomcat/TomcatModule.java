package dev.heddle.agent.instrumentation.tomcat;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.heddle.agent.core.install.HookedType;
import dev.heddle.agent.core.install.NeverRefuses;
import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import java.util.Arrays;
import java.util.List;

/** Hooks of Tomcat, the same from 9 to 11. */
public final class TomcatModule extends InstrumentationModule implements NeverRefuses {

  /** Found by ServiceLoader. */
  public TomcatModule() {
    super("heddle-tomcat");
  }

  @Override
  public List<TypeInstrumentation> typeInstrumentations() {
    return Arrays.asList(new AdapterType(), new AsyncType());
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
    }
  }

  /** Its tasks go to Tomcat's own pool, which is none of the JDK's. */
  private static final class AsyncType extends HookedType {
    AsyncType() {
      super("org.apache.catalina.core.AsyncContextImpl");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("start").and(takesArguments(Runnable.class)),
          "dev.heddle.agent.instrumentation.tomcat.AsyncStartAdvice");
    }
  }
}
