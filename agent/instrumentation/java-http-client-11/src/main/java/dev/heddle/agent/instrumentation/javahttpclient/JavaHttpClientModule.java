package dev.heddle.agent.instrumentation.javahttpclient;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.heddle.agent.core.install.HookedType;
import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import java.util.Arrays;
import java.util.List;

/** Hooks of java.net.http, the same on 11 to 25. */
public final class JavaHttpClientModule extends InstrumentationModule {

  /** Found by ServiceLoader. */
  public JavaHttpClientModule() {
    super("heddle-java-http-client");
  }

  @Override
  public List<TypeInstrumentation> typeInstrumentations() {
    return Arrays.asList(
        new ClientType(),
        new RequestType(),
        new RedirectType(),
        new ExchangeType(),
        new KeptType("Http1Response", "onFinished", 0, "ResponseEndAdvice"),
        new KeptType("HttpConnection", "closeOrReturnToCache", 1, "GiveBackAdvice"),
        new KeptType("ConnectionPool", "returnToPool", 3, "KeepAliveAdvice"));
  }

  private static final class ClientType extends HookedType {
    ClientType() {
      super("jdk.internal.net.http.HttpClientImpl");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("sendAsync").and(takesArguments(4)),
          "dev.heddle.agent.instrumentation.javahttpclient.SendAdvice");
    }
  }

  private static final class RequestType extends HookedType {
    RequestType() {
      super("jdk.internal.net.http.HttpRequestImpl");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          isConstructor().and(takesArgument(0, named("java.net.http.HttpRequest"))),
          "dev.heddle.agent.instrumentation.javahttpclient.RequestAdvice");
      transformer.applyAdviceToMethod(
          named("getAddress").and(takesArguments(0)),
          "dev.heddle.agent.instrumentation.javahttpclient.AddressAdvice");
    }
  }

  private static final class RedirectType extends HookedType {
    RedirectType() {
      super("jdk.internal.net.http.RedirectFilter");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("response").and(takesArguments(1)),
          "dev.heddle.agent.instrumentation.javahttpclient.RedirectAdvice");
    }
  }

  /** A step of a connection on its way to the client's pool. */
  private static final class KeptType extends HookedType {
    private final String step;
    private final int arguments;
    private final String advice;

    KeptType(String name, String step, int arguments, String advice) {
      super("jdk.internal.net.http." + name);
      this.step = step;
      this.arguments = arguments;
      this.advice = advice;
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named(step).and(takesArguments(arguments)),
          "dev.heddle.agent.instrumentation.javahttpclient." + advice);
    }
  }

  private static final class ExchangeType extends HookedType {
    ExchangeType() {
      super("jdk.internal.net.http.Exchange");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("remainingConnectTimeout").and(takesArguments(0)),
          "dev.heddle.agent.instrumentation.javahttpclient.ConnectTimeAdvice");
    }
  }
}
