package dev.heddle.agent.core.socket;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the control service was asked about addresses: apps connect to them with libraries that no
 * adapter knows, and an endpoint that speaks mesh TLS is to be told from all else. A connection to
 * an address that was asked about before finds that without a lock.
 */
public final class AddressQuestions {

  /** Addresses asked about at most, so that an app that connects to ever new ones fills nothing. */
  static final int MAX_ADDRESSES = 10_000;

  /** Asks the control service. */
  public interface Follower {
    /** Completes when what it says of an address is in force; it may never. */
    CompletableFuture<Void> follow(String address, int port);
  }

  private final long waitNanos;
  private final Predicate<InetSocketAddress> leftAlone;
  private final LongAdder unanswered;
  private final CompletableFuture<Follower> follower = new CompletableFuture<>();
  private final ConcurrentMap<InetSocketAddress, AddressQuestion> asked = new ConcurrentHashMap<>();

  /**
   * Questions that wait for somebody to put them to.
   *
   * @param waitNanos how long connections wait for the answer to a first question
   * @param leftAlone addresses about which nobody is asked
   * @param metrics where connections are counted that nobody said anything of
   */
  public AddressQuestions(
      long waitNanos, Predicate<InetSocketAddress> leftAlone, SocketMetrics metrics) {
    this.waitNanos = waitNanos;
    this.leftAlone = leftAlone;
    this.unanswered = metrics.unanswered;
  }

  /** From now on there is somebody to ask. */
  public void use(Follower control) {
    follower.complete(control);
  }

  /** There will never be anybody to ask: nothing waits. */
  public void giveUp() {
    follower.cancel(false);
  }

  /** The question about an address; null: none is asked. */
  @Nullable AddressQuestion about(InetSocketAddress remote) {
    AddressQuestion known = asked.get(remote);
    if (known == null) {
      return ask(remote);
    }
    if (known.isUnanswered()) {
      unanswered.increment();
    }
    return known;
  }

  private @Nullable AddressQuestion ask(InetSocketAddress remote) {
    InetAddress address = remote.getAddress();
    if (address == null || waitNanos == 0 || leftAlone.test(remote)) {
      return null;
    }
    if (asked.size() >= MAX_ADDRESSES) {
      asked.values().removeIf(AddressQuestion::isOver); // who connects again asks again
    }
    if (asked.size() >= MAX_ADDRESSES) {
      unanswered.increment();
      return null;
    }
    return asked.computeIfAbsent(remote, this::question);
  }

  private AddressQuestion question(InetSocketAddress remote) {
    String literal = withoutScope(remote.getAddress().getHostAddress());
    return new AddressQuestion(
        follower.thenCompose(control -> control.follow(literal, remote.getPort())),
        System.nanoTime() + waitNanos,
        unanswered);
  }

  private static String withoutScope(String literal) {
    int scope = literal.indexOf('%');
    return scope < 0 ? literal : literal.substring(0, scope);
  }
}
