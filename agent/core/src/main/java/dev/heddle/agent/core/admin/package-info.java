/** The admin pages: on loopback, read-only, on a daemon thread, with the JDK alone. */
package dev.heddle.agent.core.admin;
