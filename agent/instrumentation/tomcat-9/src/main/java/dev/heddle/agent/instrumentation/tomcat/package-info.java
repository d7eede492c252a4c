/**
 * Context of requests to Tomcat 9, 10.1 and 11. The hooks stand in {@code CoyoteAdapter}, below the
 * servlet API, so that javax and jakarta are the same to them, and HTTP/1.1, HTTP/2 and AJP.
 */
package dev.heddle.agent.instrumentation.tomcat;
