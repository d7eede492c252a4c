package dev.heddle.node.capture;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketReadMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Listens where init hands pods over. The path belongs to root; whoever opens it may ask. */
final class HandoverServer implements AutoCloseable {

  /**
   * {@code sun_path} holds 108 bytes, the last of them zero; the name before the move is longer.
   */
  private static final int MAX_PATH_BYTES = 107;

  private static final String BEFORE = ".new";
  private static final int BACKLOG = 128;

  private final Path path;
  private final Channel listener;
  private final Object inode;
  private volatile @Nullable Boolean whenClosed;

  private HandoverServer(Path path, Channel listener) throws IOException {
    this.path = path;
    this.listener = listener;
    this.inode = Files.getAttribute(path, "unix:ino");
  }

  /**
   * Listens at a path, in place of whoever did so before: a daemon that runs still keeps the
   * connections that it has.
   */
  static HandoverServer start(
      Path path, EventLoopGroup loops, int atATime, Supplier<HandoverSession> sessions)
      throws IOException {
    Path before = path.resolveSibling(path.getFileName() + BEFORE);
    int length = before.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > MAX_PATH_BYTES) {
      throw new IOException(
          path
              + " is too long (expected: at most "
              + (MAX_PATH_BYTES - BEFORE.length())
              + " bytes)");
    }
    Files.deleteIfExists(before);
    AtomicInteger open = new AtomicInteger();
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(EpollServerDomainSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(
                EpollChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS)
            .childHandler(
                new ChannelInitializer<EpollDomainSocketChannel>() {
                  @Override
                  protected void initChannel(EpollDomainSocketChannel channel) {
                    channel.closeFuture().addListener(end -> open.decrementAndGet());
                    if (open.incrementAndGet() > atATime) {
                      channel.close();
                    } else {
                      channel.pipeline().addLast(sessions.get());
                    }
                  }
                })
            .bind(new DomainSocketAddress(before.toFile()))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("cannot listen at " + path, bound.cause());
    }
    try {
      Files.setPosixFilePermissions(before, PosixFilePermissions.fromString("rw-------"));
      Files.move(before, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return new HandoverServer(path, bound.channel());
    } catch (IOException e) {
      bound.channel().close();
      throw e;
    }
  }

  /** Whether init comes here; false once another daemon listens at the path. */
  boolean isCurrent() {
    Boolean last = whenClosed;
    if (last != null) {
      return last;
    }
    try {
      return Files.getAttribute(path, "unix:ino").equals(inode);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    boolean current = isCurrent();
    boolean first = whenClosed == null;
    whenClosed = current;
    if (current && first) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        // Nobody listens there: init waits for the next daemon either way.
      }
    }
  }
}
