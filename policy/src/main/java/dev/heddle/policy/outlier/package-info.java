/**
 * Passive health: endpoints that fail in a row are left out for a while, as Envoy does it.
 *
 * <p>Counting is lock-free; the rare ejections and sweeps take a lock.
 */
package dev.heddle.policy.outlier;
