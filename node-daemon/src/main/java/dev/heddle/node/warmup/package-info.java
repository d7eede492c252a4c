/**
 * The daemon calls itself before it says that it is ready: over loopback, through the same handlers
 * that serve pods, so that the JVM has compiled them when the first pod calls. What is counted here
 * is counted apart, and a warm-up that fails delays nothing.
 */
package dev.heddle.node.warmup;
