package dev.heddle.agent.core.call;

/** A call by callbacks. */
public interface AsyncCall {

  /** Once. What an exchange throws before it sent anything is thrown here, and nobody is told. */
  void begin();

  /** The app gives it up; whoever waits for its answer hears of a CancellationException. */
  void cancel();
}
