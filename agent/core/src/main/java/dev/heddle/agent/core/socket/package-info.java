/**
 * Mesh TLS under the app's own sockets: what a connection is, who its peer is, and how its bytes
 * are told from the app's. {@link dev.heddle.agent.core.socket.TlsPump} does no I/O; the hooks of
 * {@code sockets-8} hand the classes here what the app does with its sockets and do nothing else.
 */
package dev.heddle.agent.core.socket;
