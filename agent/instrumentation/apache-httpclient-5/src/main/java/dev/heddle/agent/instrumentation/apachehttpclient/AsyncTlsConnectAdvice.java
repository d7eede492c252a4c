package dev.heddle.agent.instrumentation.apachehttpclient;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/** Begins a rule's TLS on a connection of the async client before its pool hears of it. */
public final class AsyncTlsConnectAdvice {

  private AsyncTlsConnectAdvice() {}

  /** {the arguments to connect with}, or null: the client's own affair. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToAllArguments(index = 0, typing = Assigner.Typing.DYNAMIC)
  @SuppressWarnings("unchecked") // the last parameter of connect
  public static Object @Nullable [] enter(@Advice.AllArguments Object[] arguments) {
    TlsEndpoint endpoint = TlsEndpoint.of((HttpHost) arguments[1]);
    if (endpoint == null) {
      return null;
    }
    Object[] changed = arguments.clone();
    int last = changed.length - 1;
    changed[1] = endpoint.plain();
    changed[last] =
        new AsyncTlsStart(endpoint, (FutureCallback<ManagedAsyncClientConnection>) changed[last]);
    return new Object[] {changed};
  }
}
