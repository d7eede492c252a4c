package dev.heddle.agent.instrumentation.tomcat;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.heddle.agent.core.install.HookedType;
import dev.heddle.agent.core.install.NeverRefuses;
import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import java.util.Collections;
import java.util.List;

/** Hooks of asynchronous requests in Tomcat, the same from 9 to 11. */
public final class TomcatAsyncModule extends InstrumentationModule implements NeverRefuses {

  /** Found by ServiceLoader. */
  public TomcatAsyncModule() {
    super("heddle-tomcat-async");
  }

  @Override
  public List<TypeInstrumentation> typeInstrumentations() {
    return Collections.singletonList(new AsyncType());
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
