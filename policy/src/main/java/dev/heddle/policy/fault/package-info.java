/**
 * Calls delayed or aborted on purpose.
 *
 * <p>The call draws the dice; these values only say how often.
 */
@NullMarked
package dev.heddle.policy.fault;

import org.jspecify.annotations.NullMarked;
