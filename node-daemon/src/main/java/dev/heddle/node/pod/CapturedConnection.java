package dev.heddle.node.pod;

import java.net.InetSocketAddress;

/**
 * A connection that redirect rules brought to the daemon.
 *
 * @param pod whose namespace it came in
 * @param client who opened it: for outbound connections a port of the pod itself
 * @param destination where it was going before it was redirected, as the kernel says
 */
public record CapturedConnection(
    Pod pod, InetSocketAddress client, InetSocketAddress destination) {}
