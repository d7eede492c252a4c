/**
 * Which tokens of end users are believed: Istio's RequestAuthentication.
 *
 * <p>Values only; keys arrive as keys, so that data planes fetch nothing.
 */
package dev.heddle.policy.authn;
