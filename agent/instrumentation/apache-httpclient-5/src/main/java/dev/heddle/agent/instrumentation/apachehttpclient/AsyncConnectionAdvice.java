package dev.heddle.agent.instrumentation.apachehttpclient;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * Where the async client connects: within a rule's time, and with a rule's TLS begun before its
 * pool hears of the connection.
 */
public final class AsyncConnectionAdvice {

  private AsyncConnectionAdvice() {}

  /** {the arguments to connect with}, or null: the client's own affair. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToAllArguments(index = 0, typing = Assigner.Typing.DYNAMIC)
  @SuppressWarnings("unchecked") // the last parameter of connect
  public static Object @Nullable [] enter(@Advice.AllArguments Object[] arguments) {
    Object[] shortened = ConnectLimit.shorten(arguments);
    TlsEndpoint endpoint = TlsEndpoint.of((HttpHost) arguments[1]);
    if (endpoint == null) {
      return shortened == null ? null : new Object[] {shortened};
    }
    Object[] changed = shortened == null ? arguments.clone() : shortened;
    int last = changed.length - 1;
    changed[1] = endpoint.plain();
    changed[last] =
        new AsyncTlsStart(endpoint, (FutureCallback<ManagedAsyncClientConnection>) changed[last]);
    return new Object[] {changed};
  }
}
