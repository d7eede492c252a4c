/**
 * What a process holds of the mesh, as a value, and the state that decides on calls by it.
 *
 * <p>Updates build a new state that inherits what was seen of hosts that stay; readers never wait
 * for them.
 */
package dev.heddle.policy.snapshot;
