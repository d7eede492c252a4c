package dev.heddle.agent.instrumentation.two.violation;

/** What another adapter must not know. */
public interface OtherAdapter {}
