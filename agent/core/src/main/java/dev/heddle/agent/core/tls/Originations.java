package dev.heddle.agent.core.tls;

import dev.heddle.policy.identity.ClientTls;
import dev.heddle.policy.snapshot.Cluster;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The TLS of every rule in use; files that change are read again within {@link #RECHECK_NANOS}. */
public final class Originations {

  /** Nanoseconds between looks at the files of a rule: mounted certificates rotate in hours. */
  static final long RECHECK_NANOS = 5_000_000_000L;

  /** Rules at most: each may hold a context with its sessions. */
  private static final int MAX_RULES = 1_000;

  private static final class Checked {
    final Origination origination;
    final long checkedAtNanos;

    Checked(Origination origination, long checkedAtNanos) {
      this.origination = origination;
      this.checkedAtNanos = checkedAtNanos;
    }
  }

  private final ConcurrentMap<ClientTls, Checked> rules = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Origination> numbered = new ConcurrentHashMap<>();
  private final AtomicInteger lastNumber = new AtomicInteger();
  private final LongSupplier clock;
  private final boolean hasIdentity;

  /**
   * @param clock nanoseconds, as System.nanoTime
   * @param hasIdentity whether this process can speak mesh TLS, which is not begun here
   */
  public Originations(LongSupplier clock, boolean hasIdentity) {
    this.clock = clock;
    this.hasIdentity = hasIdentity;
  }

  /**
   * The TLS to begin towards a cluster, null: none. IOException if its files cannot be used; then
   * nothing may be sent, least of all in plaintext.
   */
  public @Nullable Origination of(Cluster cluster) throws IOException {
    ClientTls tls = cluster.tls();
    if (tls == null
        || (tls.mode() != ClientTls.Mode.SIMPLE && tls.mode() != ClientTls.Mode.MUTUAL)) {
      checkIdentity(tls, cluster);
      return null;
    }
    long now = clock.getAsLong();
    Checked known = rules.get(tls);
    if (known != null && now - known.checkedAtNanos < RECHECK_NANOS) {
      return known.origination;
    }
    Origination current =
        known != null && known.origination.isCurrent() ? known.origination : read(tls);
    forget(rules.put(tls, new Checked(current, now)), current);
    return current;
  }

  private void checkIdentity(@Nullable ClientTls tls, Cluster cluster) throws IOException {
    if (tls != null && tls.mode() == ClientTls.Mode.ISTIO_MUTUAL && !hasIdentity) {
      throw new IOException(
          "a DestinationRule asks for ISTIO_MUTUAL towards "
              + cluster.destination().host()
              + ", for which this process needs an identity (expected: CONTROL_TLS=on and a"
              + " TOKEN_FILE; or mode DISABLE)");
    }
  }

  private Origination read(ClientTls tls) throws IOException {
    if (rules.size() >= MAX_RULES && !rules.containsKey(tls)) {
      rules.clear(); // rules that were changed or deleted; what is in use is read again
      numbered.clear();
    }
    Origination origination = Origination.of(lastNumber.incrementAndGet(), tls);
    numbered.put(Integer.toString(origination.number()), origination);
    return origination;
  }

  private void forget(@Nullable Checked old, Origination current) {
    if (old != null && old.origination != current) {
      numbered.remove(Integer.toString(old.origination.number()));
    }
  }

  /** The one of this number; null: it is no longer in use. */
  public @Nullable Origination numbered(String number) {
    return numbered.get(number);
  }
}
