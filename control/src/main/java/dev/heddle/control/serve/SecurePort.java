package dev.heddle.control.serve;

import dev.heddle.control.ca.Authenticator;
import dev.heddle.control.ca.CaEvents;
import dev.heddle.control.ca.CertificateAuthority;
import dev.heddle.control.ca.Impersonation;
import java.net.InetSocketAddress;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * A port where callers are known: over TLS, by token or certificate.
 *
 * @param keys what this process shows
 * @param authenticator tells who calls
 * @param authority signs for them
 * @param impersonation tells for whom else
 */
public record SecurePort(
    InetSocketAddress address,
    X509ExtendedKeyManager keys,
    Authenticator authenticator,
    CertificateAuthority authority,
    Impersonation impersonation,
    CaEvents events) {}
