/**
 * Context of requests to the JDK's HttpServer, and to servers that build on its {@code
 * Filter.Chain}. The hook stands around the chain, on the thread that handles the request.
 */
package dev.heddle.agent.instrumentation.jdkhttpserver;
