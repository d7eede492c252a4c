package dev.heddle.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** Who may import whom inside the node daemon: decisions 36, 38 and 41. */
@AnalyzeClasses(packages = "dev.heddle.node", importOptions = DoNotIncludeTests.class)
final class NodeArrowsTest {

  @ArchTest static final ArchRule podsAreKnownByAllAndKnowNobody = daemons("pod");

  @ArchTest static final ArchRule captureKnowsPodsAlone = daemons("capture", "pod");

  @ArchTest static final ArchRule protocolsKnowNeitherConnectionsNorPods = daemons("protocol");

  @ArchTest static final ArchRule meshTlsKnowsPodsAlone = daemons("tls", "pod");

  @ArchTest static final ArchRule dnsKnowsPodsAlone = daemons("dns", "pod");

  @ArchTest static final ArchRule workloadsKnowPodsAlone = daemons("workload", "pod");

  @ArchTest
  static final ArchRule connectionsToEndpointsKnowNobodyWhoCalls =
      daemons("upstream", "pod", "protocol", "tls");

  @ArchTest
  static final ArchRule outboundKnowsWhatCallsNeed =
      daemons("outbound", "pod", "protocol", "upstream");

  @ArchTest
  static final ArchRule inboundKnowsNeitherOutboundNorWhoCaptures =
      noClasses()
          .that()
          .resideInAPackage("dev.heddle.node.inbound..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.heddle.node.outbound..",
              "dev.heddle.node.capture..",
              "dev.heddle.node.dns..",
              "dev.heddle.node.workload..");

  /** A part of the daemon imports of the others these. */
  private static ArchRule daemons(String part, String... allowed) {
    String[] packages =
        Stream.concat(Stream.of(part), Stream.of(allowed))
            .map(name -> "dev.heddle.node." + name + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("dev.heddle.node." + part + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.heddle.node..").and(resideOutsideOfPackages(packages)));
  }
}
