/**
 * Which failed attempts are made again: the conditions of x-envoy-retry-on.
 *
 * <p>Nothing here knows whether a body can be sent twice; the call does.
 */
package dev.heddle.policy.retry;
