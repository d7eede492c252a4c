/**
 * A program that the tests start under the agent: a server with handlers that policies guard. It
 * has no mesh code, and says of each request which handler got it.
 */
package dev.heddle.e2e.guarded;
