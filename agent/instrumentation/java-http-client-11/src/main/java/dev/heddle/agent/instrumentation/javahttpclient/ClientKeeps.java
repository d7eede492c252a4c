package dev.heddle.agent.instrumentation.javahttpclient;

import dev.heddle.agent.core.call.PerEndpoint;

/** What this adapter keeps from call to call. */
final class ClientKeeps {

  private final TlsClients tls = new TlsClients();
  private final PerEndpoint<EndpointProxy> endpoints = new PerEndpoint<>();

  TlsClients tls() {
    return tls;
  }

  /** Endpoints without TLS. */
  PerEndpoint<EndpointProxy> endpoints() {
    return endpoints;
  }
}
