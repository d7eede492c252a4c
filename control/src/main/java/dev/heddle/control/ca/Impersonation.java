package dev.heddle.control.ca;

import dev.heddle.policy.identity.SpiffeId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BiConsumer;

/**
 * Whom a caller may have a certificate made for that is not its own: a node's daemon, for the pods
 * of its node, as Istio's ztunnel does. What is refused is bounded as wrong credentials are.
 */
public final class Impersonation {

  /** Which pods run where. */
  @FunctionalInterface
  public interface Pods {

    /** Whether a pod of this identity runs on the node. */
    boolean run(String node, SpiffeId identity);
  }

  /** Tries for the same identity: more than a pod's object that comes late explains. */
  private static final int SAME_BURST = 5;

  private static final Duration SAME_PAUSE = Duration.ofSeconds(10);

  /** Tries for different ones: more than the pods that leave a node at once. */
  private static final int CALLER_BURST = 200;

  private static final Duration CALLER_PAUSE = Duration.ofMillis(50);

  private final Pods pods;
  private final String trustDomain;
  private final BiConsumer<Caller, Authentication.Refused> told;
  private final FailureBuckets same;
  private final FailureBuckets callers;

  /**
   * Judges by the pods as they are at each call.
   *
   * @param told hears of every refusal
   */
  Impersonation(
      Pods pods,
      String trustDomain,
      InstantSource clock,
      BiConsumer<Caller, Authentication.Refused> told) {
    this.pods = pods;
    this.trustDomain = trustDomain;
    this.told = told;
    this.same = new FailureBuckets(SAME_BURST, SAME_PAUSE, clock);
    this.callers = new FailureBuckets(CALLER_BURST, CALLER_PAUSE, clock);
  }

  /**
   * Whose certificate it becomes, or why there is none.
   *
   * @param wanted the identity as the caller writes it
   */
  public Authentication judge(Caller caller, String wanted) {
    String who = caller.toString();
    String key = who + ' ' + wanted;
    if (same.full(key) || callers.full(who)) {
      return refused(caller, Refusal.TOO_MANY_FAILURES, tooMany(wanted));
    }
    Authentication answer = decide(caller, wanted);
    if (answer instanceof Authentication.Refused) {
      same.failed(key);
      callers.failed(who);
    }
    return answer;
  }

  private Authentication decide(Caller caller, String wanted) {
    if (!caller.isNode()) {
      return denied(
          caller,
          caller
              + " asks for a certificate of "
              + wanted
              + " (expected: its own; only a node's daemon, by a token of heddle-control token"
              + " --node NAME or of its pod on that node, may ask for those of its pods)");
    }
    SpiffeId identity = SpiffeId.parse(wanted);
    if (identity == null || !identity.trustDomain().equals(trustDomain)) {
      return denied(
          caller,
          "identity "
              + wanted
              + " (expected: spiffe://"
              + trustDomain
              + "/ns/NAMESPACE/sa/ACCOUNT)");
    }
    if (!pods.run(caller.node(), identity)) {
      return denied(
          caller,
          "no pod of "
              + wanted
              + " on node "
              + caller.node()
              + " (expected: a Pod object with that spec.nodeName, namespace and"
              + " spec.serviceAccountName)");
    }
    return new Authentication.Proven(Caller.workload(identity));
  }

  private Authentication denied(Caller caller, String message) {
    return refused(caller, Refusal.IMPERSONATION, message);
  }

  private Authentication refused(Caller caller, Refusal reason, String message) {
    Authentication.Refused refused = new Authentication.Refused(reason, message);
    told.accept(caller, refused);
    return refused;
  }

  private static String tooMany(String wanted) {
    return "identity "
        + wanted
        + " refused too often (expected: at most "
        + SAME_BURST
        + " tries, then one every "
        + SAME_PAUSE.toSeconds()
        + " s)";
  }
}
