package dev.heddle.agent.instrumentation.apachehttpclient;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.heddle.agent.core.install.HookedType;
import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import java.util.Arrays;
import java.util.List;

/** The hooks of Apache HttpClient 5, the same on 5.1 to 5.5. */
public final class ApacheHttpClientModule extends InstrumentationModule {

  private static final String LIBRARY = "org.apache.hc.client5.http.impl.";
  private static final String PACKAGE = "dev.heddle.agent.instrumentation.apachehttpclient.";

  /** Found by ServiceLoader. */
  public ApacheHttpClientModule() {
    super("heddle-apache-httpclient");
  }

  @Override
  public List<TypeInstrumentation> typeInstrumentations() {
    return Arrays.asList(
        new ExecType("classic.ConnectExec", 3, "ConnectAdvice"),
        new ExecType("async.AsyncConnectExec", 5, "AsyncConnectAdvice"),
        new ExecType("async.H2AsyncMainClientExec", 5, "AsyncConnectAdvice"),
        new MinimalType(),
        new OperatorType("io.DefaultHttpClientConnectionOperator", "ConnectionAdvice"),
        new OperatorType("nio.DefaultAsyncClientConnectionOperator", "AsyncConnectionAdvice"),
        new PoolType());
  }

  /** An element of the client's chain of execution. */
  private static final class ExecType extends HookedType {
    private final int parameters;
    private final String advice;

    ExecType(String name, int parameters, String advice) {
      super(LIBRARY + name);
      this.parameters = parameters;
      this.advice = advice;
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("execute").and(takesArguments(parameters)), PACKAGE + advice);
    }
  }

  /** The async client without such a chain. */
  private static final class MinimalType extends HookedType {
    MinimalType() {
      super(LIBRARY + "async.MinimalHttpAsyncClient");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("execute").and(takesArguments(3)), PACKAGE + "MinimalExecuteAdvice");
      transformer.applyAdviceToMethod(
          named("leaseEndpoint").and(takesArgument(0, named("org.apache.hc.core5.http.HttpHost"))),
          PACKAGE + "LeaseAdvice");
    }
  }

  /** The pool of the minimal client. */
  private static final class PoolType extends HookedType {
    PoolType() {
      super(LIBRARY + "nio.PoolingAsyncClientConnectionManager");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("release").and(takesArguments(3)), PACKAGE + "ReleaseAdvice");
    }
  }

  /** What makes the connections of a pool. */
  private static final class OperatorType extends HookedType {
    private final String advice;

    OperatorType(String name, String advice) {
      super(LIBRARY + name);
      this.advice = advice;
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("connect").and(takesArgument(1, named("org.apache.hc.core5.http.HttpHost"))),
          PACKAGE + advice);
    }
  }
}
