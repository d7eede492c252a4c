/**
 * TLS that a DestinationRule asks for.
 *
 * <p>Values only: whoever opens the connection obeys them.
 */
package dev.heddle.policy.identity;
