package dev.heddle.node.upstream;

import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;

/** Finds the address of an endpoint that has a name. Safe for all threads; never blocks. */
public interface NameResolver {

  /** One of its addresses; fails with an UnknownHostException. */
  CompletableFuture<InetAddress> resolve(String name);
}
