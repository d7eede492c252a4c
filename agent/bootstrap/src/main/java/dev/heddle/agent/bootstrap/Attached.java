package dev.heddle.agent.bootstrap;

/**
 * What the agent adds to a class of the JDK: a field for what it knows of an object. In the boot
 * loader, for the class and the agent must see the same.
 */
public interface Attached {

  /** What is attached; null: nothing, the object is the app's own affair. */
  Object heddleAttached();

  /** Attaches something, or nothing. */
  void heddleAttach(Object attachment);
}
