package dev.heddle.agent.instrumentation.httpurlconnection;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.heddle.agent.core.install.HookedType;
import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import java.net.URL;
import java.util.Arrays;
import java.util.List;

/** Hooks of the JDK's HttpURLConnection, the same on 8 to 25. */
public final class HttpUrlConnectionModule extends InstrumentationModule {

  private static final String PACKAGE = "dev.heddle.agent.instrumentation.httpurlconnection.";

  /** Found by ServiceLoader. */
  public HttpUrlConnectionModule() {
    super("heddle-http-url-connection");
  }

  @Override
  public List<TypeInstrumentation> typeInstrumentations() {
    return Arrays.asList(new ConnectionType(), new NetworkType(), new KeptType());
  }

  private static final class ConnectionType extends HookedType {
    ConnectionType() {
      super("sun.net.www.protocol.http.HttpURLConnection");
    }

    @Override
    public List<String> alsoOpens() {
      return Arrays.asList(
          "java.net",
          "sun.net.www",
          "sun.net.www.http",
          "sun.net.www.protocol.https",
          "sun.nio.ch");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("getInputStream0").and(takesArguments(0)), PACKAGE + "InputAdvice");
      transformer.applyAdviceToMethod(
          named("getOutputStream0").and(takesArguments(0)), PACKAGE + "OutputAdvice");
      transformer.applyAdviceToMethod(
          named("disconnect").and(takesArguments(0)), PACKAGE + "DisconnectAdvice");
      transformer.applyAdviceToMethod(
          named("plainConnect").and(takesArguments(0)), PACKAGE + "ConnectAdvice");
      transformer.applyAdviceToMethod(
          named("getNewHttpClient").and(takesArgument(0, URL.class)), PACKAGE + "ClientAdvice");
    }
  }

  /** What the JDK keeps between connections. */
  private static final class KeptType extends HookedType {
    KeptType() {
      super("sun.net.www.http.HttpClient");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("getKeepAliveTimeout").and(takesArguments(0)), PACKAGE + "KeepAliveAdvice");
    }
  }

  /** What https connects with. */
  private static final class NetworkType extends HookedType {
    NetworkType() {
      super("sun.net.NetworkClient");
    }

    @Override
    public List<String> alsoOpens() {
      return Arrays.asList("sun.net.www.http", "sun.net.www.protocol.https");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("doConnect").and(takesArguments(String.class, int.class)),
          PACKAGE + "HttpsConnectAdvice");
    }
  }
}
