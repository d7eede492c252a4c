/**
 * DNS of captured pods: what the mesh names is answered here, all else goes to the pod's own
 * resolvers, byte for byte. It knows nothing of namespaces; capture opens its sockets.
 */
package dev.heddle.node.dns;
