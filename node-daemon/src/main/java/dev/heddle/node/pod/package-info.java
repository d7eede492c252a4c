/**
 * What all parts of the daemon know of a captured pod: who it is, how its calls are decided, and
 * how a socket is made inside it. Capture makes pods, the rest serves their connections.
 */
package dev.heddle.node.pod;
