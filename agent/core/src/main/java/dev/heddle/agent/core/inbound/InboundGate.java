package dev.heddle.agent.core.inbound;

import dev.heddle.agent.bootstrap.Seam;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where inbound adapters, which the JVM links and nobody constructs, have requests judged. Static
 * as {@code Adapters} is, and in the isolated loader.
 */
public final class InboundGate {

  private static volatile Consumer<Throwable> failures = e -> {};
  private static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();
  private static volatile @Nullable RequestGate gate;
  private static volatile boolean unhooked;

  private InboundGate() {}

  /** Whether nothing is judged: no policy applies to this process. */
  public static boolean isOpen() {
    return gate == null;
  }

  /** An adapter sees the requests of this listening port, before it accepts for the first time. */
  public static void judgesRequestsOf(int port) {
    PORTS.add(port);
  }

  /** A hook of a server is not in its place: of no port it is known any more who sees requests. */
  public static void unhooked() {
    unhooked = true;
  }

  /** Whether an adapter sees the requests of a listening port. */
  public static boolean judgesOn(int port) {
    return !unhooked && PORTS.contains(port);
  }

  /** The answer to a request that is not let in, else null. */
  public static @Nullable Refusal judge(InboundRequest request) {
    RequestGate current = gate;
    if (current == null) {
      return null;
    }
    try {
      return current.judge(request);
    } catch (Throwable e) { // whatever it is, nothing was decided
      return undecided(e);
    }
  }

  /** The adapter or the gate failed at a request: it is refused, and that is counted. */
  public static @Nullable Refusal undecided(Throwable failure) {
    failures.accept(failure);
    return isOpen() ? null : Refusal.UNDECIDED;
  }

  static void onFailure(Consumer<Throwable> listener) {
    failures = listener;
  }

  /** What judges from now on, null: nothing does. */
  static void use(@Nullable RequestGate next) {
    gate = next;
    Seam.guard(next != null && next.refuses(), failures);
  }
}
