package dev.heddle.agent.core.install;

/**
 * A module whose hooks see other work of the app than calls. Where one of them fails, the work goes
 * on without it, in {@code MODE=strict} too: strict is about calls, and refuses nothing else.
 */
public interface NeverRefuses {}
