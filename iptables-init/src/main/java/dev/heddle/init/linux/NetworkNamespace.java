package dev.heddle.init.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A network namespace that stays in reach while this is open, whoever else leaves it. Safe for all
 * threads; closing waits for nobody, the last thread that is inside lets go of it.
 */
public final class NetworkNamespace implements AutoCloseable {

  /** What the process ends with when a thread cannot return from a namespace. */
  static final int LOST = 70;

  private static final int CLONE_NEWNET = 0x40000000;
  private static final int NS_GET_NSTYPE = 0xb703;
  private static final String EXPECTED = " (expected: a network namespace)";
  private static final int CLOSED = Integer.MIN_VALUE;
  private static final Path MIGRATE = Path.of("/proc/sys/net/ipv4/tcp_migrate_req");

  /** The same where /proc/sys is read-only, as in containers: the DaemonSet mounts it here. */
  private static final Path MOUNTED_MIGRATE = Path.of("/host" + MIGRATE);

  private static final int SOCK_DGRAM_CLOEXEC = 0x80002;
  private static final int EADDRNOTAVAIL = 99;
  private static final int EROFS = 30;

  private final Descriptor descriptor;
  private final long inode;

  /** Threads inside; negative from closing on, so that a number in reuse is never entered. */
  private final AtomicInteger inside = new AtomicInteger();

  private NetworkNamespace(Descriptor descriptor, long inode) {
    this.descriptor = descriptor;
    this.inode = inode;
  }

  /** The one that the process was started in. */
  public static NetworkNamespace own() throws IOException {
    return open(Path.of("/proc/self/ns/net"));
  }

  /** One that a path leads to, as {@code /run/netns/NAME} or {@code /proc/PID/ns/net}. */
  public static NetworkNamespace open(Path path) throws IOException {
    return of(Descriptor.open(path));
  }

  /**
   * One that another process sent.
   *
   * @param number belongs to what is returned; it is closed where this throws
   * @throws IOException where it leads to anything else
   */
  public static NetworkNamespace received(int number) throws IOException {
    return of(new Descriptor(number));
  }

  private static NetworkNamespace of(Descriptor descriptor) throws IOException {
    try {
      long type = SystemCall.IOCTL.call(descriptor.number(), NS_GET_NSTYPE);
      if (type != CLONE_NEWNET) {
        throw new IOException("a namespace of type 0x" + Long.toHexString(type) + EXPECTED);
      }
      Path link = Path.of("/proc/self/fd/" + descriptor.number());
      return new NetworkNamespace(descriptor, (long) Files.getAttribute(link, "unix:ino"));
    } catch (ErrnoException e) {
      descriptor.close();
      throw new IOException("no namespace (" + e.getMessage() + ")" + EXPECTED, e);
    } catch (IOException e) {
      descriptor.close();
      throw e;
    }
  }

  /** Its number in the kernel, which a later one may get again when it is gone. */
  public long inode() {
    return inode;
  }

  /**
   * Does something inside, on this thread, and returns to a home: sockets that it opens stay in the
   * namespace. It must not start threads, nor initialise what does: those would stay there too.
   * When the way back is refused the process ends, because this thread would serve others from the
   * wrong place.
   *
   * @throws IllegalStateException when this is closed
   * @throws IOException where the kernel refuses to enter (needs SYS_ADMIN)
   */
  public <T> T enter(NetworkNamespace home, Supplier<T> work) throws IOException {
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException("a virtual thread would take its carrier along");
    }
    hold();
    try {
      SystemCall.SETNS.call(descriptor.number(), CLONE_NEWNET);
      try {
        return work.get();
      } finally {
        home.comeBack();
      }
    } finally {
      letGo();
    }
  }

  /** Whether an address is one of this namespace: a socket can be bound to it. */
  public boolean holds(NetworkNamespace home, InetAddress address) throws IOException {
    try {
      call(home, () -> bind(address));
      return true;
    } catch (ErrnoException e) {
      if (e.errno() == EADDRNOTAVAIL) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Lets a listener that closes give the connections that wait for it to one that listens beside it
   * (tcp_migrate_req, Linux 5.14); without it they would be reset.
   */
  public void migrateWaitingConnections(NetworkNamespace home) throws IOException {
    call(home, NetworkNamespace::migrate);
  }

  private static void migrate() throws ErrnoException {
    try {
      Descriptor.write(MIGRATE, "1");
    } catch (ErrnoException e) {
      if (e.errno() != EROFS) {
        throw e;
      }
      Descriptor.write(MOUNTED_MIGRATE, "1");
    }
  }

  private interface Work {
    void run() throws ErrnoException;
  }

  private void call(NetworkNamespace home, Work work) throws IOException {
    Optional<ErrnoException> refused =
        enter(
            home,
            () -> {
              try {
                work.run();
                return Optional.empty();
              } catch (ErrnoException e) {
                return Optional.of(e);
              }
            });
    if (refused.isPresent()) {
      throw refused.get();
    }
  }

  private static void bind(InetAddress address) throws ErrnoException {
    int family = address instanceof Inet4Address ? 2 : 10;
    try (Descriptor socket = new Descriptor(SystemCall.SOCKET.call(family, SOCK_DGRAM_CLOEXEC, 0));
        Arena arena = Arena.ofConfined()) {
      InetSocketAddress any = new InetSocketAddress(address, 0);
      SystemCall.BIND.call(socket.number(), TcpSocket.encode(arena, any).address(), 28);
    }
  }

  private void comeBack() {
    try {
      SystemCall.SETNS.call(descriptor.number(), CLONE_NEWNET);
    } catch (ErrnoException e) {
      Runtime.getRuntime().halt(LOST);
    }
  }

  private void hold() {
    if (inside.getAndUpdate(count -> count < 0 ? count : count + 1) < 0) {
      throw new IllegalStateException("network namespace " + inode + " is closed");
    }
  }

  private void letGo() {
    if (inside.decrementAndGet() == CLOSED) {
      descriptor.close();
    }
  }

  @Override
  public void close() {
    int before = inside.getAndUpdate(count -> count < 0 ? count : count + CLOSED);
    if (before == 0) {
      descriptor.close();
    }
  }

  @Override
  public String toString() {
    return "net:[" + inode + "]";
  }
}
