package dev.heddle.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who may import whom among our packages: docs/ARCHITECTURE.md, held by the compiler's output. */
@AnalyzeClasses(packages = "dev.heddle", importOptions = DoNotIncludeTests.class)
final class ArrowsTest {

  @ArchTest
  static final ArchRule policyImportsItselfThePatternLibraryAndTheJdk =
      classes()
          .that()
          .resideInAPackage("dev.heddle.policy..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.heddle.policy..",
              "java..",
              "com.google.re2j..",
              "com.google.auto.value..",
              "org.jspecify.annotations..");

  @ArchTest
  static final ArchRule rulesImportNothingElseOfOurs =
      ours("dev.heddle.rules..", "dev.heddle.rules..");

  @ArchTest
  static final ArchRule apiImportsPolicy =
      ours("dev.heddle.api..", "dev.heddle.api..", "dev.heddle.policy..");

  @ArchTest
  static final ArchRule controlClientImportsPolicyAndApi =
      ours(
          "dev.heddle.control.client..",
          "dev.heddle.control.client..",
          "dev.heddle.api..",
          "dev.heddle.policy..");

  @ArchTest
  static final ArchRule theAgentsBootstrapImportsTheJdkAlone =
      classes()
          .that()
          .resideInAPackage("dev.heddle.agent.bootstrap..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.heddle.agent.bootstrap..", "java..", "sun.misc..", "jdk.internal.misc..");

  @ArchTest
  static final ArchRule theAgentImportsNeitherRulesNorControl =
      noClasses()
          .that()
          .resideInAPackage("dev.heddle.agent..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.heddle.rules..",
              "dev.heddle.control",
              "dev.heddle.control.admin..",
              "dev.heddle.control.admission..",
              "dev.heddle.control.ca..",
              "dev.heddle.control.command..",
              "dev.heddle.control.config..",
              "dev.heddle.control.index..",
              "dev.heddle.control.kubernetes..",
              "dev.heddle.control.serve..",
              "dev.heddle.control.watch..");

  @ArchTest
  static final ArchRule instrumentationsImportCoreAndPolicy =
      ours(
          "dev.heddle.agent.instrumentation..",
          "dev.heddle.agent.instrumentation..",
          "dev.heddle.agent.core.call..",
          "dev.heddle.agent.core.context..",
          "dev.heddle.agent.core.inbound..",
          "dev.heddle.agent.core.install..",
          "dev.heddle.agent.core.socket..",
          "dev.heddle.agent.core.tls..",
          "dev.heddle.policy..");

  @ArchTest
  static final ArchRule anInstrumentationKnowsNoOther =
      slices().matching("dev.heddle.agent.instrumentation.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule coreImportsNoInstrumentation =
      noClasses()
          .that()
          .resideInAPackage("dev.heddle.agent.core..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.heddle.agent.instrumentation..");

  @ArchTest
  static final ArchRule controlDoesNotImportItsClient =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.heddle.control.client..", "dev.heddle.agent..")
          .and()
          .resideInAPackage("dev.heddle.control..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.heddle.control.client..", "dev.heddle.agent..");

  @ArchTest
  static final ArchRule initImportsNothingElseOfOurs =
      ours("dev.heddle.init..", "dev.heddle.init..");

  @ArchTest
  static final ArchRule theNodeDaemonImportsPolicyTheWireItsClientAndInit =
      ours(
          "dev.heddle.node..",
          "dev.heddle.node..",
          "dev.heddle.policy..",
          "dev.heddle.api..",
          "dev.heddle.control.client..",
          "dev.heddle.init..");

  @ArchTest
  static final ArchRule rulesetsAreMadeOfTheJdkAloneAndWithoutIo =
      classes()
          .that()
          .resideInAPackage("dev.heddle.init.ruleset..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "dev.heddle.init.ruleset..",
                      "java.lang",
                      "java.lang.invoke",
                      "java.lang.runtime",
                      "java.util..",
                      "org.jspecify.annotations..")
                  .or(
                      belongToAnyOf(
                          InetAddress.class, Inet4Address.class, UnknownHostException.class)));

  private static ArchRule ours(String of, String... allowed) {
    return noClasses()
        .that()
        .resideInAPackage(of)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.heddle..").and(resideOutsideOfPackages(allowed)));
  }
}
