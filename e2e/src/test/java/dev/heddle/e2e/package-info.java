/**
 * Real control, the shaded agent in forked JVMs, real servers on loopback. What a rule must do is
 * said once, in a table of scenarios; every adapter and JDK is held to it.
 */
package dev.heddle.e2e;
