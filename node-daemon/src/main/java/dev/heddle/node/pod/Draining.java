package dev.heddle.node.pod;

/**
 * Fired through the pipelines of all connections of a pod when the daemon is about to end: the
 * answer under way is the last one ({@code Connection: close}, GOAWAY), idle ones end at once.
 */
public enum Draining {
  NOW
}
