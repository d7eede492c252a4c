package dev.heddle.node.capture;

/** A captured pod, for the admin pages. */
public record PodStatus(
    String name, String identity, long networkNamespace, String request, int openConnections) {}
