/**
 * The gate before requests to Undertow 2. It stands before the root handler, below the servlet API
 * and all handlers of the app, so that javax and jakarta are the same to it, and HTTP/1.1 and
 * HTTP/2.
 */
package dev.heddle.agent.instrumentation.undertow;
