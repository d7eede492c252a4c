/**
 * What Linux can do with sockets and the JDK does not offer: descriptors over a unix socket, packet
 * marks, original destinations. The one home of {@code java.lang.foreign}; x86-64 and arm64.
 */
package dev.heddle.init.linux;
