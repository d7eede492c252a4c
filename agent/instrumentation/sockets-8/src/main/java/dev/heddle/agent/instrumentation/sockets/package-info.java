/**
 * Hooks of the JDK's sockets and socket channels, 8 to 25. Advice hands what the app does to {@code
 * agent.core.socket} and translates its answer; exceptions are the app's to see, so that nothing
 * goes in plain text where TLS failed.
 */
package dev.heddle.agent.instrumentation.sockets;
