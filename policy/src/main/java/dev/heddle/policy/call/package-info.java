/**
 * The life of one call as a state machine: events in, actions out, no I/O.
 *
 * <p>Agent and node daemon drive the same one, so that a rule means the same in both.
 */
package dev.heddle.policy.call;
