package dev.heddle.agent.instrumentation.sockets;

import static net.bytebuddy.matcher.ElementMatchers.isNative;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.heddle.agent.core.install.HookedType;
import dev.heddle.agent.core.install.OnlyWithIdentity;
import dev.heddle.agent.core.install.ReplacedCall;
import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Where the bytes of all protocols pass. Types are named, not loaded: a class that is loaded while
 * it is woven stays as it is.
 */
public final class SocketsModule extends InstrumentationModule implements OnlyWithIdentity {

  static final String PACKAGE = "dev.heddle.agent.instrumentation.sockets.";

  /** Found by ServiceLoader. */
  public SocketsModule() {
    super("heddle-sockets");
  }

  @Override
  public List<TypeInstrumentation> typeInstrumentations() {
    List<TypeInstrumentation> types =
        new ArrayList<>(
            Arrays.asList(
                new ChannelType(),
                new ServerChannelType(),
                new SocketType(),
                new ServerSocketType(),
                new ClosingType(),
                new FileType(),
                new ServerNameType(),
                new AsyncChannelType(),
                new UnixAsyncChannelType(),
                new AsyncServerChannelType()));
    types.addAll(NativeTransportTypes.all());
    return types;
  }

  static ElementMatcher.Junction<MethodDescription> method(String name, int arguments) {
    return not(isNative()).and(named(name)).and(takesArguments(arguments));
  }

  private static final class ChannelType extends HookedType {
    ChannelType() {
      super("sun.nio.ch.SocketChannelImpl");
    }

    @Override
    public boolean attaches() {
      return true;
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          method("read", 1).and(takesArgument(0, named("java.nio.ByteBuffer"))),
          PACKAGE + "ReadAdvice");
      transformer.applyAdviceToMethod(
          method("write", 1).and(takesArgument(0, named("java.nio.ByteBuffer"))),
          PACKAGE + "WriteAdvice");
      transformer.applyAdviceToMethod(method("read", 3), PACKAGE + "ScatterAdvice");
      transformer.applyAdviceToMethod(method("write", 3), PACKAGE + "GatherAdvice");
      transformer.applyAdviceToMethod(method("blockingRead", 4), PACKAGE + "BlockingReadAdvice");
      transformer.applyAdviceToMethod(
          method("blockingWriteFully", 3), PACKAGE + "BlockingWriteAdvice");
      transformer.applyAdviceToMethod(method("available", 0), PACKAGE + "AvailableAdvice");
      transformer.applyAdviceToMethod(
          method("connect", 1).or(method("finishConnect", 0)), PACKAGE + "ChannelConnectAdvice");
      transformer.applyAdviceToMethod(
          method("blockingConnect", 2), PACKAGE + "BlockingConnectAdvice");
      transformer.applyAdviceToMethod(
          method("translateInterestOps", 1).or(method("translateAndSetInterestOps", 2)),
          PACKAGE + "InterestAdvice");
      transformer.applyAdviceToMethod(method("translateReadyOps", 3), PACKAGE + "ReadyAdvice");
      transformer.applyAdviceToMethod(
          method("shutdownOutput", 0), PACKAGE + "ChannelGoodbyeAdvice");
      transformer.applyAdviceToMethod(
          method("shutdownInput", 0), PACKAGE + "ChannelInputShutAdvice");
    }
  }

  private static final class ServerChannelType extends HookedType {
    ServerChannelType() {
      super("sun.nio.ch.ServerSocketChannelImpl");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          method("accept", 0).or(method("blockingAccept", 1)), PACKAGE + "ChannelAcceptAdvice");
    }
  }

  private static final class SocketType extends HookedType {
    SocketType() {
      super("java.net.Socket");
    }

    @Override
    public boolean attaches() {
      return true;
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          method("connect", 2).and(takesArgument(0, named("java.net.SocketAddress"))),
          PACKAGE + "SocketConnectAdvice");
      transformer.applyAdviceToMethod(method("getInputStream", 0), PACKAGE + "InputAdvice");
      transformer.applyAdviceToMethod(method("getOutputStream", 0), PACKAGE + "OutputAdvice");
      transformer.applyAdviceToMethod(method("shutdownOutput", 0), PACKAGE + "SocketGoodbyeAdvice");
      transformer.applyAdviceToMethod(method("close", 0), PACKAGE + "SocketCloseAdvice");
      transformer.applyAdviceToMethod(
          method("shutdownInput", 0), PACKAGE + "SocketInputShutAdvice");
    }
  }

  private static final class ServerSocketType extends HookedType {
    ServerSocketType() {
      super("java.net.ServerSocket");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          method("implAccept", 1).and(takesArgument(0, named("java.net.Socket"))),
          PACKAGE + "SocketAcceptAdvice");
    }
  }

  /** Before the channel is closed: what is said later, a blocking channel does not send. */
  private static final class ClosingType extends HookedType {
    ClosingType() {
      super("java.nio.channels.spi.AbstractInterruptibleChannel");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(method("close", 0), PACKAGE + "ChannelCloseAdvice");
    }
  }

  /** The kernel would send a file in plain text. */
  private static final class FileType extends HookedType {
    FileType() {
      super("sun.nio.ch.FileChannelImpl");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          method("transferToDirectly", 3).or(method("transferToDirect", 3)),
          PACKAGE + "TransferAdvice");
    }
  }

  /** JSSE takes Istio's server names for errors. */
  private static final class ServerNameType extends HookedType {
    ServerNameType() {
      super("sun.security.ssl.ServerNameExtension$CHServerNameConsumer");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(method("consume", 3), PACKAGE + "ServerNameAdvice");
    }
  }

  /** What all systems have in common. */
  private static final class AsyncChannelType extends HookedType {
    AsyncChannelType() {
      super("sun.nio.ch.AsynchronousSocketChannelImpl");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          method("connect", 1).or(method("connect", 3)), PACKAGE + "AsyncConnectAdvice");
      transformer.applyAdviceToMethod(method("close", 0), PACKAGE + "AsyncCloseAdvice");
      transformer.applyAdviceToMethod(method("shutdownOutput", 0), PACKAGE + "AsyncGoodbyeAdvice");
      transformer.applyAdviceToMethod(method("shutdownInput", 0), PACKAGE + "AsyncInputShutAdvice");
    }
  }

  /** Java 17 and later; of another shape it is not woven, and refused where mesh TLS is due. */
  private static final class UnixAsyncChannelType extends HookedType {
    private static final String UTIL = "sun.nio.ch.IOUtil";
    private static final String CALLS = PACKAGE + "AsyncCalls";

    UnixAsyncChannelType() {
      super("sun.nio.ch.UnixAsynchronousSocketChannelImpl");
    }

    @Override
    public boolean attaches() {
      return true;
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(method("setConnected", 0), PACKAGE + "AsyncConnectedAdvice");
      transformer.applyAdviceToMethod(method("onEvent", 2), PACKAGE + "AsyncReadyAdvice");
    }

    @Override
    public List<ReplacedCall> replacedCalls() {
      return Arrays.asList(
          ReplacedCall.of("implRead", UTIL, "read", CALLS),
          ReplacedCall.of("finishRead", UTIL, "read", CALLS),
          ReplacedCall.of("implWrite", UTIL, "write", CALLS),
          ReplacedCall.of("finishWrite", UTIL, "write", CALLS),
          ReplacedCall.of("updateEvents", "sun.nio.ch.Port", "startPoll", CALLS));
    }
  }

  /** Windows has another class, which is not hooked. */
  private static final class AsyncServerChannelType extends HookedType {
    AsyncServerChannelType() {
      super("sun.nio.ch.UnixAsynchronousServerSocketChannelImpl");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(named("finishAccept"), PACKAGE + "AsyncAcceptAdvice");
    }
  }
}
