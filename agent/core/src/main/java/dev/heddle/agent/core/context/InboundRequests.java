package dev.heddle.agent.core.context;

import java.util.function.Consumer;

/** Where inbound adapters, which the JVM links and nobody constructs, learn what to read. */
public final class InboundRequests {

  private static volatile Consumer<Throwable> failures = e -> {};
  private static volatile Propagation propagation = Propagation.NONE;

  private InboundRequests() {}

  /** Sets what is read, before the first hook is placed, and who hears of failures. */
  public static void use(Propagation toRead, Consumer<Throwable> onFailure) {
    propagation = toRead;
    failures = onFailure;
  }

  /** What an adapter reads from a request. */
  public static Propagation propagation() {
    return propagation;
  }

  /** An adapter could not read it: the request goes on, its calls inherit nothing. */
  public static void failed(Throwable failure) {
    failures.accept(failure);
  }
}
