package dev.heddle.node.upstream;

import dev.heddle.node.pod.Pod;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Opens connections of pods, with what secures them. */
public final class Connector {

  /**
   * Bytes that wait to be written to one peer: above the upper mark its source is not read, below
   * the lower it is again. A slow reader costs no more than this and what the kernel holds.
   */
  public static final WriteBufferWaterMark WATERMARKS =
      new WriteBufferWaterMark(32 * 1024, 64 * 1024);

  private final NameResolver names;
  private final SecureChannels secure;

  /** A connector for all event loops. */
  public Connector(NameResolver names, SecureChannels secure) {
    this.names = names;
    this.secure = secure;
  }

  /**
   * Opens one on the event loop; it succeeds when the peer has proved what it must, and is then not
   * reading. Closing is the caller's.
   */
  Promise<Channel> open(EventLoop loop, Pod pod, Target target, Terms terms) {
    Promise<Channel> opened = loop.newPromise();
    byte[] address = NetUtil.createByteArrayFromIpAddressString(target.host());
    if (address != null) {
      connect(loop, pod, target, terms, socketAddress(address, target.port()), opened);
      return opened;
    }
    names
        .resolve(target.host())
        .whenComplete(
            (found, failure) ->
                loop.execute(
                    () -> {
                      if (failure == null) {
                        InetSocketAddress to = new InetSocketAddress(found, target.port());
                        connect(loop, pod, target, terms, to, opened);
                      } else {
                        opened.tryFailure(failure);
                      }
                    }));
    return opened;
  }

  private static InetSocketAddress socketAddress(byte[] address, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + address.length + " bytes", e);
    }
  }

  private void connect(
      EventLoop loop,
      Pod pod,
      Target target,
      Terms terms,
      InetSocketAddress address,
      Promise<Channel> opened) {
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channelFactory(pod.connections())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, target.protocol() == Target.Protocol.TCP)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, terms.connectMillis())
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATERMARKS)
            .handler(new NoHandlers())
            .connect(address);
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            secure.secure(connecting.channel(), pod, target, address, terms, opened);
          } else {
            opened.tryFailure(done.cause());
          }
        });
  }

  /** Bootstrap wants a handler; those of a connection come when it stands. */
  private static final class NoHandlers extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {}
  }
}
