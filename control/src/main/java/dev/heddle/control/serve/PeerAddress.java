package dev.heddle.control.serve;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Remembers the address of the peer for the call that it makes. */
final class PeerAddress implements ServerInterceptor {

  private static final Context.Key<String> PEER = Context.key("peer");

  static String current() {
    return String.valueOf(PEER.get());
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String peer = String.valueOf(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
    Context context = Context.current().withValue(PEER, peer);
    return Contexts.interceptCall(context, call, headers, next);
  }
}
