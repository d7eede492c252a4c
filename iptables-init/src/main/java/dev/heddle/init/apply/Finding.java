package dev.heddle.init.apply;

/**
 * One thing that a check saw.
 *
 * @param good whether it is as it should be
 * @param sentence what was seen
 */
public record Finding(boolean good, String sentence) {}
