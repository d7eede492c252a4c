/**
 * Calls delayed or aborted on purpose.
 *
 * <p>The call draws the dice; these values only say how often.
 */
package dev.heddle.policy.fault;
