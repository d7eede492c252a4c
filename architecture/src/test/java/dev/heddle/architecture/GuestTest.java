package dev.heddle.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** What lives in an app's JVM takes nothing of the app's. */
@AnalyzeClasses(packages = "dev.heddle", importOptions = DoNotIncludeTests.class)
final class GuestTest {

  private static final String[] GUESTS = {
    "dev.heddle.agent..", "dev.heddle.control.client..", "dev.heddle.api..", "dev.heddle.policy.."
  };

  @ArchTest
  static final ArchRule stdoutIsTheApps =
      noClasses().that().resideInAnyPackage(GUESTS).should().accessField(System.class, "out");

  @ArchTest
  static final ArchRule stderrIsWrittenByTheBootstrapAndTheAgentsLog =
      noClasses()
          .that()
          .resideInAnyPackage(GUESTS)
          .and()
          .resideOutsideOfPackages("dev.heddle.agent.bootstrap..", "dev.heddle.agent.core")
          .should()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule theAppsLogManagerIsNotStarted =
      noClasses()
          .that()
          .resideInAnyPackage(GUESTS)
          .and()
          .resideOutsideOfPackages("dev.heddle.agent.core.substitute..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.util.logging..", "org.slf4j..");

  @ArchTest
  static final ArchRule theAppIsNotEnded =
      noClasses()
          .that()
          .resideInAnyPackage(GUESTS)
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class)
          .orShould()
          .callMethod(Runtime.class, "addShutdownHook", Thread.class);

  /** Made once, of javax.net.ssl.* as it is then: decision 22. */
  @ArchTest
  static final ArchRule theDefaultTlsIsTheApps =
      noClasses()
          .that()
          .resideInAnyPackage(GUESTS)
          .should()
          .callMethod(SSLContext.class, "getDefault")
          .orShould()
          .callMethod(SSLSocketFactory.class, "getDefault")
          .orShould()
          .callMethod(SSLServerSocketFactory.class, "getDefault");
}
