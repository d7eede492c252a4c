/**
 * The gate of requests: adapters of servers describe a request as their container serves it and do
 * what the gate says, which {@code policy.authz} decides. Where it cannot be decided the request is
 * refused; where no policy applies a request costs one volatile read.
 */
package dev.heddle.agent.core.inbound;
