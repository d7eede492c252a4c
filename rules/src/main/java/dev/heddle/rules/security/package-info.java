/**
 * The security kinds of Istio as they are written.
 *
 * <p>Unlike elsewhere a list that is present and empty is kept apart from one that is absent where
 * the difference decides who may call.
 */
package dev.heddle.rules.security;
