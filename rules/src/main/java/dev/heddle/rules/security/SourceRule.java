package dev.heddle.rules.security;

import java.util.List;

/** Istio {@code security Source}: all fields that are set must hold. */
public record SourceRule(
    List<String> principals,
    List<String> notPrincipals,
    List<String> requestPrincipals,
    List<String> notRequestPrincipals,
    List<String> namespaces,
    List<String> notNamespaces,
    List<String> ipBlocks,
    List<String> notIpBlocks,
    List<String> remoteIpBlocks,
    List<String> notRemoteIpBlocks,
    List<String> serviceAccounts,
    List<String> notServiceAccounts,
    List<String> trustDomains,
    List<String> notTrustDomains) {
  /** Absent lists are empty ones. */
  public SourceRule {
    principals = principals == null ? List.of() : List.copyOf(principals);
    notPrincipals = notPrincipals == null ? List.of() : List.copyOf(notPrincipals);
    requestPrincipals = requestPrincipals == null ? List.of() : List.copyOf(requestPrincipals);
    notRequestPrincipals =
        notRequestPrincipals == null ? List.of() : List.copyOf(notRequestPrincipals);
    namespaces = namespaces == null ? List.of() : List.copyOf(namespaces);
    notNamespaces = notNamespaces == null ? List.of() : List.copyOf(notNamespaces);
    ipBlocks = ipBlocks == null ? List.of() : List.copyOf(ipBlocks);
    notIpBlocks = notIpBlocks == null ? List.of() : List.copyOf(notIpBlocks);
    remoteIpBlocks = remoteIpBlocks == null ? List.of() : List.copyOf(remoteIpBlocks);
    notRemoteIpBlocks = notRemoteIpBlocks == null ? List.of() : List.copyOf(notRemoteIpBlocks);
    serviceAccounts = serviceAccounts == null ? List.of() : List.copyOf(serviceAccounts);
    notServiceAccounts = notServiceAccounts == null ? List.of() : List.copyOf(notServiceAccounts);
    trustDomains = trustDomains == null ? List.of() : List.copyOf(trustDomains);
    notTrustDomains = notTrustDomains == null ? List.of() : List.copyOf(notTrustDomains);
  }
}
