/**
 * What a process holds of the mesh, as a value, and the state that decides on calls by it.
 *
 * <p>Updates build a new state that inherits what was seen of hosts that stay; readers never wait
 * for them.
 */
@NullMarked
package dev.heddle.policy.snapshot;

import org.jspecify.annotations.NullMarked;
