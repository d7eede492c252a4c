/**
 * Apache HttpClient 5, classic: {@code InternalHttpClient.doExecute} becomes a managed call. An
 * attempt goes to an {@code HttpHost} with the endpoint's address while the request keeps the app's
 * authority, so that Host and cookies stay as they are and pools are kept per endpoint.
 */
package dev.heddle.agent.instrumentation.apachehttpclient;
