package dev.heddle.agent.core.install;

/**
 * A module whose part {@link OnlyWithIdentity} modules play in a process with an identity: there it
 * is left out.
 */
public interface OnlyWithoutIdentity {}
