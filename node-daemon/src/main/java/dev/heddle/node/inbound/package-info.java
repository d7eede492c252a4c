/**
 * What comes to a pod from outside: its TLS ends here, its callers are judged by the pod's policy,
 * and what is let in goes on to where it was going. What cannot be told of a connection or request
 * counts against the caller, as in {@code policy.authz}.
 */
package dev.heddle.node.inbound;
