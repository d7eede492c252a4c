/** A server in a process of its own, for tests that kill it. It knows nothing of Heddle. */
package dev.heddle.e2e.instance;
