/**
 * Apache HttpClient 5, classic and async. The hooks stand where a request is about to leave for the
 * network, behind the client's own redirects, retries, authentication and decompression: each of
 * these sees what it would see with a sidecar, and each hop of a redirect is a call of its own. An
 * attempt goes to a route with the endpoint's address while the request keeps the app's authority,
 * so that pools are kept per endpoint and Host stays as it is.
 */
package dev.heddle.agent.instrumentation.apachehttpclient;
