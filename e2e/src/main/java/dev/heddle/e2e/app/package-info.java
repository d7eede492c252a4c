/**
 * A program that the tests start under the agent in a pod: it serves HTTP, and calls what its stdin
 * names. It has no mesh code and knows services by their names alone.
 */
package dev.heddle.e2e.app;
