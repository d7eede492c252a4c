/**
 * Who may call: Istio's AuthorizationPolicies, compiled once and asked per connection and request.
 *
 * <p>What cannot be told counts against the caller: it matches rules that deny and no rule that
 * allows. Asking about a request takes no lock and allocates nothing.
 */
package dev.heddle.policy.authz;
