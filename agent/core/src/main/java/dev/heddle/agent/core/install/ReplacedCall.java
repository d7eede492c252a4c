package dev.heddle.agent.core.install;

import com.google.auto.value.AutoValue;

/**
 * A call that a method of the hooked type makes and that goes to a static method of the agent
 * instead: what advice, which stands before and after a method, cannot change. The agent's method
 * has the name of the one that was called; its arguments are the receiver, if there is one, those
 * of the call, and the object whose method calls. All types but primitives, arrays and those of
 * {@code java.*} are {@code Object} there.
 */
@AutoValue
public abstract class ReplacedCall {

  /**
   * The value of its parts.
   *
   * @param in name of the methods that make it, each of which must, once at least
   * @param owner binary name of the class whose method is called
   * @param called name of the method, in all its shapes
   * @param hook binary name of the agent's class
   */
  public static ReplacedCall of(String in, String owner, String called, String hook) {
    return new AutoValue_ReplacedCall(in, owner, called, hook);
  }

  abstract String in();

  abstract String owner();

  abstract String called();

  abstract String hook();
}
