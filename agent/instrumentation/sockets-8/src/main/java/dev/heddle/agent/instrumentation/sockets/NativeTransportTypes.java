package dev.heddle.agent.instrumentation.sockets;

import static dev.heddle.agent.instrumentation.sockets.SocketsModule.PACKAGE;
import static dev.heddle.agent.instrumentation.sockets.SocketsModule.method;

import dev.heddle.agent.core.install.HookedType;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import java.util.ArrayList;
import java.util.List;

/**
 * Netty's native transports, 4.1 and 4.2, in copies with other names too: apps that probe go on
 * with NIO, and those that insist are refused where mesh TLS is due.
 */
final class NativeTransportTypes {

  private static final String NETTY = "io.netty.channel.";

  private static final String[] PROBED = {
    NETTY + "epoll.Epoll", NETTY + "kqueue.KQueue",
  };

  private static final String[] CONNECTING = {
    NETTY + "epoll.AbstractEpollChannel",
    NETTY + "epoll.AbstractEpollStreamChannel",
    NETTY + "kqueue.AbstractKQueueChannel",
  };

  /** Their sockets connect and accept in a ring of the kernel. */
  private static final String[] WITHOUT_SOCKETS = {
    NETTY + "uring.IoUring", "io.netty.incubator.channel.uring.IOUring",
  };

  private NativeTransportTypes() {}

  static List<TypeInstrumentation> all() {
    List<TypeInstrumentation> types = new ArrayList<>();
    for (String probed : PROBED) {
      types.add(new Hooked(probed).with("isAvailable", 0, "NativeTransportAdvice"));
    }
    for (String ring : WITHOUT_SOCKETS) {
      types.add(
          new Hooked(ring)
              .with("isAvailable", 0, "NativeTransportAdvice")
              .with("ensureAvailability", 0, "NativeRefusalAdvice"));
    }
    for (String channel : CONNECTING) {
      types.add(new Hooked(channel).with("doConnect", 2, "NativeConnectAdvice"));
    }
    types.add(new Hooked(NETTY + "unix.Socket").with("accept", 1, "NativeAcceptAdvice"));
    return types;
  }

  /** Where advice goes; matchers are made when it is woven, for Byte Buddy loads late. */
  private static final class Place {
    final String method;
    final int arguments;
    final String advice;

    Place(String method, int arguments, String advice) {
      this.method = method;
      this.arguments = arguments;
      this.advice = advice;
    }
  }

  private static final class Hooked extends HookedType {
    private final List<Place> places = new ArrayList<>();

    Hooked(String name) {
      super(name);
    }

    Hooked with(String method, int arguments, String advice) {
      places.add(new Place(method, arguments, advice));
      return this;
    }

    @Override
    public boolean alsoRelocated() {
      return true;
    }

    @Override
    public void transform(TypeTransformer transformer) {
      for (Place place : places) {
        transformer.applyAdviceToMethod(
            method(place.method, place.arguments), PACKAGE + place.advice);
      }
    }
  }
}
