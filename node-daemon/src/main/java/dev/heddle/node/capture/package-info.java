/**
 * Brings pods into the daemon and their connections to its servers: hand-over, listeners inside
 * network namespaces, original destinations, limits, and the end of a pod. What a connection
 * carries is nothing to it.
 */
package dev.heddle.node.capture;
