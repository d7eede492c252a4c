/**
 * Connections to endpoints: opened inside the pod that calls, kept for its next call, and given to
 * one call at a time. All of one event loop, so nothing here locks.
 */
package dev.heddle.node.upstream;
