package dev.heddle.agent.core.install;

/**
 * A module that does nothing for a process without an identity in the mesh. There its hooks are not
 * placed at all: an app without mesh TLS pays for none of it.
 */
public interface OnlyWithIdentity {}
