/**
 * A program that the tests start under the agent: a server whose handler calls on, by way of
 * another thread. It has no mesh code, and hands no header on.
 */
package dev.heddle.e2e.relay;
