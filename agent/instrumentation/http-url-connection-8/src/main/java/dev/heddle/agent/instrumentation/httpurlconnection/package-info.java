/**
 * HttpURLConnection: where its host is managed, {@code getInputStream0} of the app's connection
 * runs a managed call. Each attempt is a connection of ours to the same URL whose socket goes to
 * the endpoint; what it received becomes the app's connection's own. A body that the app streams
 * goes to the endpoint from {@code getOutputStream0} on, and is sent once.
 */
package dev.heddle.agent.instrumentation.httpurlconnection;
