/**
 * TLS that a DestinationRule asks for.
 *
 * <p>Values only: whoever opens the connection obeys them.
 */
@NullMarked
package dev.heddle.policy.identity;

import org.jspecify.annotations.NullMarked;
