/**
 * The gate before requests to Jetty 12. It stands around {@code Server.handle}, below servlets and
 * all handlers of the app, so that each of Jetty's environments, javax and jakarta, is the same to
 * it, and each version of HTTP.
 */
package dev.heddle.agent.instrumentation.jetty;
