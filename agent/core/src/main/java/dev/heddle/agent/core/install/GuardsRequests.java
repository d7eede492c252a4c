package dev.heddle.agent.core.install;

/**
 * A module whose hooks have requests judged. Where one of them fails no request passes that
 * policies are to judge, whatever the mode.
 */
public interface GuardsRequests {}
