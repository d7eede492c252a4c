/**
 * TLS that a DestinationRule asks for towards a destination (SIMPLE, MUTUAL): JSSE contexts from
 * its files. It knows no HTTP client; adapters take a context and a server name from here.
 */
package dev.heddle.agent.core.tls;
