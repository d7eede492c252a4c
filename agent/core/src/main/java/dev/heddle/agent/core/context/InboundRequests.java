package dev.heddle.agent.core.context;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where inbound adapters, which the JVM links and nobody constructs, learn what to read. */
public final class InboundRequests {

  private static final AtomicReference<@Nullable Consumer<Throwable>> FIRST_FAILURE =
      new AtomicReference<>();
  private static volatile Propagation propagation = Propagation.NONE;

  private InboundRequests() {}

  /** Sets what is read, before the first hook is placed, and who hears of the first failure. */
  public static void use(Propagation toRead, Consumer<Throwable> onFirstFailure) {
    propagation = toRead;
    FIRST_FAILURE.set(onFirstFailure);
  }

  /** What an adapter reads from a request. */
  public static Propagation propagation() {
    return propagation;
  }

  /** An adapter could not read it: the request goes on, its calls inherit nothing; told once. */
  public static void failed(Throwable failure) {
    Consumer<Throwable> listener = FIRST_FAILURE.getAndSet(null);
    if (listener != null) {
      listener.accept(failure);
    }
  }
}
