/**
 * A program that makes calls when told to, with one of several HTTP clients, and says what came:
 * what runs under the agent in the tests. It knows nothing of Heddle.
 */
package dev.heddle.e2e.probe;
