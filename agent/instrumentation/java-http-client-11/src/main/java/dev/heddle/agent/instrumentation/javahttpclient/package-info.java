/**
 * java.net.http: each call to {@code HttpClientImpl.sendAsync} becomes a managed call whose
 * attempts are {@link java.net.http.HttpRequest}s of ours; the endpoint is told to {@code
 * HttpRequestImpl.getAddress}, so that the URI, and with it Host, cookies and what the app sees,
 * stay as they are.
 */
package dev.heddle.agent.instrumentation.javahttpclient;
