package dev.heddle.node.inbound;

import dev.heddle.node.inbound.InboundCounts.Event;
import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.tls.MeshProtocol;
import dev.heddle.node.tls.MeshTls;
import dev.heddle.node.upstream.Resets;
import dev.heddle.policy.identity.MutualTlsMode;
import dev.heddle.policy.identity.SpiffeId;
import dev.heddle.policy.tls.ClientHello;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * How an accepted connection comes to be mesh TLS, or the app's own bytes, or refused: by the mode
 * of its port and the first bytes of its client, as in the agent.
 */
final class Opening extends ChannelInboundHandlerAdapter {

  private final InboundServer server;
  private final SocketChannel channel;
  private final CapturedConnection captured;
  private final boolean strict;
  private final boolean disabled;
  private ByteBuf seen = Unpooled.EMPTY_BUFFER;
  private @Nullable Future<?> patience;
  private boolean decided;

  Opening(InboundServer server, SocketChannel channel, CapturedConnection captured) {
    this.server = server;
    this.channel = channel;
    this.captured = captured;
    this.strict = mode() == MutualTlsMode.STRICT;
    this.disabled = mode() == MutualTlsMode.DISABLE;
  }

  private MutualTlsMode mode() {
    return captured.pod().workload().policy().mode(captured.destination().getPort());
  }

  void begin() {
    channel.pipeline().addLast(this);
    if (disabled && !Probes.mayCome(captured)) {
      plain();
      return;
    }
    arm(strict ? server.patience().hello() : server.patience().silence());
    channel.config().setAutoRead(true);
  }

  private void arm(long millis) {
    if (patience != null) {
      patience.cancel(false);
    }
    patience = channel.eventLoop().schedule(this::impatient, millis, TimeUnit.MILLISECONDS);
  }

  private void impatient() {
    if (!decided) {
      if (strict) {
        refuse(Event.PLAINTEXT_REFUSED);
      } else {
        plain();
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!seen.isReadable() && !strict) {
      arm(server.patience().hello());
    }
    seen = Buffers.joined(channel.alloc(), seen, (ByteBuf) message);
    if (decided) {
      return;
    }
    ClientHello hello = ClientHello.look(seen.nioBuffer());
    switch (hello.kind()) {
      case UNDECIDED -> {}
      case MESH -> {
        if (disabled) {
          plain();
        } else {
          secure(hello);
        }
      }
      case TLS -> {
        if (strict) {
          secure(hello);
        } else {
          plain();
        }
      }
      case OTHER -> plaintext();
    }
  }

  private void plaintext() {
    if (Probes.begin(seen, captured)) {
      InboundStream stream = open();
      stream.admitProbe(new InboundConnection(captured, null, null), strict);
    } else if (strict) {
      refuse(Event.PLAINTEXT_REFUSED);
    } else {
      plain();
    }
  }

  private void secure(ClientHello hello) {
    decide();
    SslHandler handler;
    try {
      handler = server.tls().server(channel.alloc(), captured.pod().workload(), protocol(hello));
    } catch (SSLException e) {
      refuse(Event.HANDSHAKE_FAILED);
      return;
    }
    InboundStream stream = new InboundStream(server, channel);
    handler
        .handshakeFuture()
        .addListener(
            ended -> {
              if (ended.isSuccess()) {
                secured(handler, hello.sni(), stream);
              } else {
                server.counts().count(Event.HANDSHAKE_FAILED);
                channel.close();
              }
            });
    channel.pipeline().addLast(handler, stream);
    handOver();
  }

  /** Whose requests are judged speaks HTTP, whatever its name says. */
  private MeshProtocol protocol(ClientHello hello) {
    WorkloadGate gate = server.gates().of(captured.pod().workload());
    return gate != null && gate.judgesRequests()
        ? MeshProtocol.HTTP_1
        : MeshProtocol.ofOffered(hello.protocols());
  }

  private void secured(SslHandler handler, String sni, InboundStream stream) {
    try {
      SpiffeId peer = MeshTls.peer(handler);
      stream.admit(new InboundConnection(captured, peer, sni.isEmpty() ? null : sni));
    } catch (SSLPeerUnverifiedException e) {
      Resets.send(channel);
    }
  }

  private void plain() {
    open().admit(new InboundConnection(captured, null, null));
  }

  private InboundStream open() {
    decide();
    InboundStream stream = new InboundStream(server, channel);
    channel.pipeline().addLast(stream);
    handOver();
    return stream;
  }

  private void decide() {
    decided = true;
    channel.config().setAutoRead(false);
    if (patience != null) {
      patience.cancel(false);
    }
  }

  private void handOver() {
    ChannelHandlerContext here = channel.pipeline().context(this);
    if (here == null) {
      return;
    }
    ByteBuf bytes = seen;
    seen = Unpooled.EMPTY_BUFFER;
    if (bytes.isReadable()) {
      here.fireChannelRead(bytes);
      here.fireChannelReadComplete();
    }
    channel.pipeline().remove(this);
  }

  private void refuse(Event event) {
    decide();
    server.counts().count(event);
    Resets.send(channel);
  }

  /** Who ends before it says anything may still be answered, where plaintext is let in. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE && !decided) {
      impatient();
      if (channel.isActive()) {
        channel.pipeline().fireUserEventTriggered(event);
      }
      return;
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    decide();
    seen.release();
    seen = Unpooled.EMPTY_BUFFER;
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Resets.send(channel);
  }
}
