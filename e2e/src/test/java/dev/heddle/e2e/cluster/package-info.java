/**
 * A real Kubernetes: the one-node cluster of {@code e2e/cluster}, or one that somebody has. What
 * control does with an API server, and what pods see of the mesh, is tested here.
 */
package dev.heddle.e2e.cluster;
