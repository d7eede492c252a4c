/**
 * Mesh TLS on the daemon's connections: handlers that present a pod's certificate and believe the
 * roots of its mesh. Who the other end must be is part of the handshake; host names decide nothing.
 */
package dev.heddle.node.tls;
