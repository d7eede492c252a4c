package dev.heddle.agent.bootstrap;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.ConnectException;
import java.util.function.Consumer;

/**
 * Where woven classes meet the agent: the bootstrap method of their invokedynamic calls. It is
 * defined in the boot loader, for every class must see it, and holds what static state the agent
 * has outside of its own loader.
 */
public final class Seam {

  @SuppressWarnings("NullAway.Init") // the agent's core, before it weaves the first class
  private static volatile MethodHandle linker;

  private static volatile boolean guarded;

  @SuppressWarnings("NullAway.Init") // as the linker
  private static volatile Consumer<Throwable> unjudged;

  private Seam() {}

  /** Sets what links: {@code (Lookup, String, MethodType, Object[]) -> CallSite}. */
  public static void install(MethodHandle newLinker) {
    linker = newLinker;
  }

  /**
   * Whether policies have requests judged, which none passes from now on that cannot be.
   *
   * @param onUnjudged hears why one cannot
   */
  public static void guard(boolean requests, Consumer<Throwable> onUnjudged) {
    unjudged = onUnjudged;
    guarded = requests;
  }

  /** Called by the JVM, once for each woven place that runs. */
  public static CallSite link(
      MethodHandles.Lookup caller, String name, MethodType type, Object... arguments)
      throws Throwable {
    return (CallSite) linker.invoke(caller, name, type, arguments);
  }

  /** Called by woven places of strict mode where the agent failed: the app's call is refused. */
  public static void refuse(Throwable failure) {
    ConnectException refused = new ConnectException("refused by HEDDLE_MODE=strict: " + failure);
    refused.initCause(failure);
    Seam.<RuntimeException>raise(refused);
  }

  /**
   * Called by woven places of servers in permissive mode where the agent failed: the request goes
   * on, unless policies are to judge it.
   */
  public static void refuseGuarded(Throwable failure) {
    if (guarded) {
      unjudged.accept(failure);
      throw new IllegalStateException("RBAC: the request cannot be judged: " + failure, failure);
    }
  }

  /** As it is, for the caller stands in for a method of the app's library that throws it. */
  @SuppressWarnings("unchecked") // E is what the compiler of the caller believes, and no more
  private static <E extends Throwable> void raise(Throwable failure) throws E {
    throw (E) failure;
  }
}
