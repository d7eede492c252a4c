package dev.heddle.node.pod;

/** Fired through the pipelines of all connections of a pod that are to end. */
public enum Draining {
  /**
   * The daemon is about to end: the answer under way is the last one ({@code Connection: close},
   * GOAWAY), idle connections end at once, bytes that nobody looks at go on.
   */
  SOFT,
  /**
   * The time is over, or the pod gone: what is half-way is cut so that nobody takes it for whole.
   */
  NOW
}
