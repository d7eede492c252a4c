package dev.heddle.agent.instrumentation.sockets;

import static net.bytebuddy.matcher.ElementMatchers.isNative;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.heddle.agent.core.install.HookedType;
import dev.heddle.agent.core.install.OnlyWithoutIdentity;
import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Where connections are accepted in a process that speaks no mesh TLS: no byte is touched. */
public final class PlainSocketsModule extends InstrumentationModule implements OnlyWithoutIdentity {

  /** Found by ServiceLoader. */
  public PlainSocketsModule() {
    super("heddle-plain-sockets");
  }

  @Override
  public List<TypeInstrumentation> typeInstrumentations() {
    return Arrays.asList(
        new AcceptingType(
            "java.net.ServerSocket",
            named("implAccept")
                .and(takesArguments(1))
                .and(takesArgument(0, named("java.net.Socket"))),
            "PlainSocketAcceptAdvice"),
        new AcceptingType(
            "sun.nio.ch.ServerSocketChannelImpl",
            named("accept")
                .and(takesArguments(0))
                .or(named("blockingAccept").and(takesArguments(1))),
            "PlainChannelAcceptAdvice"),
        // Windows has another class, which is not hooked.
        new AcceptingType(
            "sun.nio.ch.UnixAsynchronousServerSocketChannelImpl",
            named("finishAccept"),
            "PlainAsyncAcceptAdvice"));
  }

  private static final class AcceptingType extends HookedType {
    private final ElementMatcher.Junction<MethodDescription> accept;
    private final String advice;

    AcceptingType(String name, ElementMatcher.Junction<MethodDescription> accept, String advice) {
      super(name);
      this.accept = accept;
      this.advice = "dev.heddle.agent.instrumentation.sockets." + advice;
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(not(isNative()).and(accept), advice);
    }
  }
}
