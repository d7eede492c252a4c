package dev.heddle.rules.security;

import dev.heddle.rules.schema.Cel;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Size;
import java.util.List;

/** Istio {@code security Source}: all fields that are set must hold. */
@Cel(
    rule =
        "(has(self.serviceAccounts) || has(self.notServiceAccounts)) ? (!has(self.principals) && !has(self.notPrincipals) && !has(self.namespaces) && !has(self.notNamespaces)) : true",
    message = "serviceAccounts exclude namespaces and principals")
public record SourceRule(
    @Description("Identities, as trust-domain/ns/namespace/sa/account.") List<String> principals,
    @Description("Identities, as trust-domain/ns/namespace/sa/account that must not match.")
        List<String> notPrincipals,
    @Description("Identities of tokens, as issuer/subject.") List<String> requestPrincipals,
    @Description("Identities of tokens, as issuer/subject that must not match.")
        List<String> notRequestPrincipals,
    @Description("Namespaces.") List<String> namespaces,
    @Description("Namespaces that must not match.") List<String> notNamespaces,
    @Description("Addresses that connections come from, as blocks.") List<String> ipBlocks,
    @Description("Addresses that connections come from, as blocks that must not match.")
        List<String> notIpBlocks,
    @Description("Addresses that requests come from, as blocks.") List<String> remoteIpBlocks,
    @Description("Addresses that requests come from, as blocks that must not match.")
        List<String> notRemoteIpBlocks,
    @Size(max = 16) @Description("Service accounts, as account or namespace/account.")
        List<@Size(max = 320) String> serviceAccounts,
    @Size(max = 16)
        @Description("Service accounts, as account or namespace/account that must not match.")
        List<@Size(max = 320) String> notServiceAccounts,
    @Description("Trust domains.") List<String> trustDomains,
    @Description("Trust domains that must not match.") List<String> notTrustDomains) {
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
