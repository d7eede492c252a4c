package dev.heddle.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A rule that no class can break is no rule: each finds its own among the classes made to. */
final class RulesBiteTest {

  private final JavaClasses violations =
      new ClassFileImporter()
          .withImportOption(new OnlyIncludeTests())
          .withImportOption(location -> location.contains("/violation/"))
          .importPackages("dev.heddle");

  @TestFactory
  Stream<DynamicTest> eachRuleFindsItsViolation() {
    return Stream.of(ArrowsTest.class, HomesTest.class, GuestTest.class, NodeArrowsTest.class)
        .flatMap(rules -> Arrays.stream(rules.getDeclaredFields()))
        .filter(field -> field.isAnnotationPresent(ArchTest.class))
        .map(field -> DynamicTest.dynamicTest(field.getName(), () -> bites(rule(field))));
  }

  private void bites(ArchRule rule) {
    assertThat(rule.evaluate(violations).getFailureReport().getDetails())
        .as("violations of: %s", rule.getDescription())
        .isNotEmpty();
  }

  private static ArchRule rule(Field field) throws IllegalAccessException {
    return (ArchRule) field.get(null);
  }
}
