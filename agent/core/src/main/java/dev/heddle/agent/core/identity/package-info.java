/**
 * The process's identity as the agent holds it: renewals begun and told to people. Who makes TLS
 * takes an {@code IdentitySource} from here; whoever decides on identities is policy.
 */
package dev.heddle.agent.core.identity;
