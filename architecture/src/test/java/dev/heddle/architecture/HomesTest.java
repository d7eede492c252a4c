package dev.heddle.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.Executor;

/** Each library has one home, and policy has no way to the world outside its arguments. */
@AnalyzeClasses(packages = "dev.heddle", importOptions = DoNotIncludeTests.class)
final class HomesTest {

  @ArchTest
  static final ArchRule grpcLivesWhereTheWireIs =
      home(
          "io.grpc..",
          "dev.heddle.control.serve..",
          "dev.heddle.control.client..",
          "dev.heddle.api..");

  @ArchTest
  static final ArchRule nettyLivesInTheNodeDaemon = home("io.netty..", "dev.heddle.node..");

  @ArchTest
  static final ArchRule jacksonLivesWhereDocumentsAreReadAndPagesWritten =
      home(
          "com.fasterxml.jackson..",
          "dev.heddle.rules..",
          "dev.heddle.control.admin..",
          "dev.heddle.control.kubernetes..",
          "dev.heddle.control.admission..",
          "dev.heddle.control.watch..",
          "dev.heddle.node.accesslog..",
          "dev.heddle.node.admin..");

  @ArchTest
  static final ArchRule certificatesAreMadeInTheAuthority =
      home("org.bouncycastle..", "dev.heddle.control.ca..");

  @ArchTest
  static final ArchRule tokensAreMadeAndReadInTheAuthority =
      home("com.nimbusds..", "dev.heddle.control.ca..", "dev.heddle.control.jwks..");

  @ArchTest
  static final ArchRule schemasAreMadeWhereCrdsAre =
      home("com.github.victools..", "dev.heddle.rules.crd..");

  @ArchTest static final ArchRule yamlIsReadInRules = home("org.snakeyaml..", "dev.heddle.rules..");

  @ArchTest
  static final ArchRule patternsAreMatchedInPolicy =
      home("com.google.re2j..", "dev.heddle.policy..");

  @ArchTest
  static final ArchRule theClusterIsAskedInWatchAndKubernetes =
      home(
          "io.fabric8..",
          "dev.heddle.control.admission..", // JSON patches alone
          "dev.heddle.control.kubernetes..",
          "dev.heddle.control.watch..");

  @ArchTest
  static final ArchRule byteBuddyLivesWhereClassesAreWoven =
      home(
          "net.bytebuddy..",
          "dev.heddle.agent.core.install..",
          "dev.heddle.agent.instrumentation..");

  @ArchTest
  static final ArchRule openTelemetrysFormOfModulesLivesThereToo =
      home(
          "io.opentelemetry..",
          "dev.heddle.agent.core.install..",
          "dev.heddle.agent.instrumentation..");

  @ArchTest
  static final ArchRule messagesLiveWhereTheWireIs =
      home(
          "com.google.protobuf..",
          "dev.heddle.api..",
          "dev.heddle.control.serve..",
          "dev.heddle.control.client..");

  @ArchTest
  static final ArchRule librariesOfAppsAreSeenByTheirAdaptersAlone =
      home("org.apache..", "dev.heddle.agent.instrumentation..");

  @ArchTest
  static final ArchRule foreignFunctionsAreCalledInOnePlace =
      home("java.lang.foreign..", "dev.heddle.init.linux..");

  @ArchTest
  static final ArchRule policyDoesNoIoAndStartsNoThread =
      noClasses()
          .that()
          .resideInAPackage("dev.heddle.policy..")
          .should()
          .dependOnClassesThat()
          // java.nio.charset and the buffers that it takes compute and touch nothing.
          .resideInAnyPackage(
              "java.io..",
              "java.net..",
              "java.nio.channels..",
              "java.nio.file..",
              "java.util.logging..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Executor.class);

  @ArchTest
  static final ArchRule policyIsToldTheTimeAndTheDice =
      noClasses()
          .that()
          .resideInAPackage("dev.heddle.policy..")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Random.class);

  private static ArchRule home(String library, String... homes) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(homes)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }
}
