/**
 * How one endpoint of a cluster is picked.
 *
 * <p>A balancer is built for a fixed set of hosts and only read after that, so that picking takes
 * no lock.
 */
package dev.heddle.policy.balance;
