package dev.heddle.node.workload;

import java.nio.file.Path;

/**
 * Where the control service is, and who asks it.
 *
 * @param host what the control service's certificate must name
 * @param port its port of TLS, 15012
 * @param roots file of the roots to believe of it, PEM
 * @param token file of the node's token; read at each use
 * @param node name of this node, as Pod objects have it in {@code spec.nodeName}
 * @param state directory that keeps the last good configuration; made where it is absent
 * @param version of this program, for people who look at control's debug pages
 */
public record ControlSettings(
    String host, int port, Path roots, Path token, String node, Path state, String version) {}
