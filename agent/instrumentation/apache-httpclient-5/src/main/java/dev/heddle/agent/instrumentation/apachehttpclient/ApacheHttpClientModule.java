package dev.heddle.agent.instrumentation.apachehttpclient;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.heddle.agent.core.install.HookedType;
import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import java.util.Collections;
import java.util.List;

/** The hook of Apache HttpClient 5's classic client. */
public final class ApacheHttpClientModule extends InstrumentationModule {

  /** Found by ServiceLoader. */
  public ApacheHttpClientModule() {
    super("heddle-apache-httpclient");
  }

  @Override
  public List<TypeInstrumentation> typeInstrumentations() {
    return Collections.singletonList(new ClientType());
  }

  private static final class ClientType extends HookedType {
    ClientType() {
      super("org.apache.hc.client5.http.impl.classic.InternalHttpClient");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("doExecute").and(takesArguments(3)),
          "dev.heddle.agent.instrumentation.apachehttpclient.ExecuteAdvice");
    }
  }
}
