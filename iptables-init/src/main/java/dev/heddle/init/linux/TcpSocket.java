package dev.heddle.init.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.OptionalInt;

/** TCP sockets with a packet mark, and what a redirected connection was meant for. */
public final class TcpSocket {

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOCK_STREAM_CLOEXEC = 0x80001;
  private static final int SO_REUSEADDR = 2;
  private static final int SO_MARK = 36;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;
  private static final int SO_ORIGINAL_DST = 80;
  private static final int ADDRESS_BYTES = 28;
  private static final int BACKLOG = 8;

  private TcpSocket() {}

  /** Connects within a time; the mark needs NET_ADMIN. */
  public static Descriptor connect(InetSocketAddress to, OptionalInt mark, Duration wait)
      throws ErrnoException {
    return open(
        to.getAddress(),
        (socket, arena) -> {
          socket.limit(wait);
          if (mark.isPresent()) {
            socket.set(Descriptor.SOL_SOCKET, SO_MARK, mark.getAsInt());
          }
          MemorySegment address = encode(arena, to);
          SystemCall.CONNECT.call(socket.number(), address.address(), ADDRESS_BYTES);
        });
  }

  /** Listens; a wildcard address of IPv6 is that family's alone. */
  public static Descriptor listen(InetSocketAddress at, Duration wait) throws ErrnoException {
    return open(
        at.getAddress(),
        (socket, arena) -> {
          socket.limit(wait);
          socket.set(Descriptor.SOL_SOCKET, SO_REUSEADDR, 1);
          if (!(at.getAddress() instanceof Inet4Address)) {
            socket.set(IPPROTO_IPV6, IPV6_V6ONLY, 1);
          }
          MemorySegment address = encode(arena, at);
          SystemCall.BIND.call(socket.number(), address.address(), ADDRESS_BYTES);
          SystemCall.LISTEN.call(socket.number(), BACKLOG);
        });
  }

  /** Takes the next connection, within the time that the listener was given. */
  public static Descriptor accept(Descriptor listener) throws ErrnoException {
    return new Descriptor(SystemCall.ACCEPT4.call(listener.number(), 0, 0, 0x80000));
  }

  /**
   * Where a connection was to go before it was redirected (netfilter's conntrack).
   *
   * @throws ErrnoException ENOENT where it was not redirected
   */
  public static InetSocketAddress originalDestination(Descriptor connection, boolean ipv6)
      throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(ADDRESS_BYTES, 8);
      MemorySegment length = arena.allocateFrom(JAVA_INT, ADDRESS_BYTES);
      SystemCall.GETSOCKOPT.call(
          connection.number(),
          ipv6 ? IPPROTO_IPV6 : 0,
          SO_ORIGINAL_DST,
          address.address(),
          length.address());
      return decode(address);
    }
  }

  interface Setup {
    void on(Descriptor socket, Arena arena) throws ErrnoException;
  }

  static Descriptor open(InetAddress address, Setup setup) throws ErrnoException {
    int family = address instanceof Inet4Address ? AF_INET : AF_INET6;
    Descriptor socket = new Descriptor(SystemCall.SOCKET.call(family, SOCK_STREAM_CLOEXEC, 0));
    try (Arena arena = Arena.ofConfined()) {
      setup.on(socket, arena);
      return socket;
    } catch (ErrnoException e) {
      socket.close();
      throw e;
    }
  }

  /** {@code sockaddr_in} or {@code sockaddr_in6}: family, port, then the address at 4 or 8. */
  static MemorySegment encode(Arena arena, InetSocketAddress address) {
    byte[] bytes = address.getAddress().getAddress();
    boolean four = bytes.length == 4;
    MemorySegment encoded = arena.allocate(ADDRESS_BYTES, 8);
    encoded.set(JAVA_SHORT, 0, (short) (four ? AF_INET : AF_INET6));
    encoded.set(JAVA_BYTE, 2, (byte) (address.getPort() >> 8));
    encoded.set(JAVA_BYTE, 3, (byte) address.getPort());
    MemorySegment.copy(bytes, 0, encoded, JAVA_BYTE, four ? 4 : 8, bytes.length);
    return encoded;
  }

  private static InetSocketAddress decode(MemorySegment encoded) {
    boolean four = encoded.get(JAVA_SHORT, 0) == AF_INET;
    int port = (encoded.get(JAVA_BYTE, 2) & 0xff) << 8 | (encoded.get(JAVA_BYTE, 3) & 0xff);
    byte[] bytes = encoded.asSlice(four ? 4 : 8, four ? 4 : 16).toArray(JAVA_BYTE);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
    } catch (UnknownHostException e) {
      throw new AssertionError("an address of " + bytes.length + " bytes", e);
    }
  }
}
