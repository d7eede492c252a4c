package dev.heddle.control.serve;

/** What decides on what a client may see. */
public record ClientScope(String namespace) {}
