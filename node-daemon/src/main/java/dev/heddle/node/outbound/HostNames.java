package dev.heddle.node.outbound;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** Addresses as a Host header names them. */
final class HostNames {

  private HostNames() {}

  /** Address and port, an IPv6 address in brackets. */
  static String of(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return address.getAddress() instanceof Inet6Address
        ? "[" + host + "]:" + address.getPort()
        : host + ":" + address.getPort();
  }
}
