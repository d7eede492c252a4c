/**
 * How much may be under way towards one cluster at once.
 *
 * <p>Whatever is taken is given back once, by the call that took it.
 */
package dev.heddle.policy.limit;
