/**
 * How much may be under way towards one cluster at once.
 *
 * <p>Whatever is taken is given back once, by the call that took it.
 */
@NullMarked
package dev.heddle.policy.limit;

import org.jspecify.annotations.NullMarked;
