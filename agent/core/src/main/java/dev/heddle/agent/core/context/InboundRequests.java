package dev.heddle.agent.core.context;

/** Where inbound adapters, which the JVM links and nobody constructs, learn what to read. */
public final class InboundRequests {

  private static volatile Propagation propagation = Propagation.NONE;

  private InboundRequests() {}

  /** Sets what is read, before the first hook is placed. */
  public static void use(Propagation toRead) {
    propagation = toRead;
  }

  /** What an adapter reads from a request. */
  public static Propagation propagation() {
    return propagation;
  }
}
