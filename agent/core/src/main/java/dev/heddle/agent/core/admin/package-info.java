/**
 * The admin pages: read-only, on daemon threads, with the JDK alone; what says more than counters
 * is for this host.
 */
package dev.heddle.agent.core.admin;
