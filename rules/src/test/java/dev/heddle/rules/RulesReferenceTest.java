package dev.heddle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/reference/rules.md is made from the records of the kinds, and is current. */
final class RulesReferenceTest {

  private static final Path PAGE = Path.of("../docs/reference/rules.md");

  private static final String HEAD =
      """
      # Rules: which fields hold

      <!-- Made from the records of dev.heddle.rules by RulesReferenceTest, which says how. -->

      Every field of Istio's API for these kinds is read and checked. What is marked *not yet* is reported where a rule sets it,
      `VirtualService bookinfo/reviews: spec.http[0].corsPolicy is not supported yet`, and has no effect; all others hold. A field that Istio does not have is
      refused with its line and column.

      `EnvoyFilter`, `ProxyConfig`, `WorkloadGroup`, `WasmPlugin` and `ExtensionFilter` are about Envoy, or about machines outside: objects of these kinds are
      named as not supported and have no effect.

      The CRDs in `k8s/crds` are made from the same records: what the API server takes is what is read here. Required fields, ranges and rules are those of
      Istio 1.31's own CRDs, descriptions are Heddle's.
      """;

  @Test
  void thePageIsCurrent() throws IOException {
    if (Boolean.getBoolean("heddle.docs.write")) {
      Files.writeString(PAGE, page());
    }
    assertThat(Files.readString(PAGE))
        .as(
            "regenerate with: ./mvnw -pl rules test -Dtest=RulesReferenceTest"
                + " -Dheddle.docs.write=true")
        .isEqualTo(page());
  }

  private static String page() {
    StringBuilder page = new StringBuilder(HEAD);
    kinds().forEach(kind -> kind(kind, page));
    return page.toString();
  }

  private static List<Class<?>> kinds() {
    return Arrays.stream(Rule.class.getPermittedSubclasses())
        .sorted(Comparator.comparing(Class::getSimpleName))
        .toList();
  }

  private static void kind(Class<?> kind, StringBuilder page) {
    page.append("\n## ").append(kind.getSimpleName()).append("\n\n");
    Class<?> spec =
        Arrays.stream(kind.getRecordComponents())
            .filter(component -> component.getName().equals("spec"))
            .findFirst()
            .orElseThrow()
            .getType();
    page.append("| in | holds | not yet |\n|---|---|---|\n");
    rows("spec", spec, new HashMap<>(), page);
  }

  /** One row for each record, where it is met first, and the rows of what is in it. */
  private static void rows(
      String path, Class<?> type, Map<Class<?>, String> seen, StringBuilder page) {
    seen.put(type, path);
    List<String> holding = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Map<String, Class<?>> deeper = new LinkedHashMap<>();
    for (RecordComponent field : type.getRecordComponents()) {
      Class<?> value = value(field.getGenericType());
      String name = field.getName() + suffix(field.getType());
      if (field.isAnnotationPresent(NotYet.class)) {
        missing.add("`" + field.getName() + "`");
        continue;
      }
      holding.add("`" + name + "`");
      constants(value, field.getName(), missing);
      if (value.isRecord() && !value.equals(GoDuration.class)) {
        String known = seen.putIfAbsent(value, path + "." + name);
        if (known == null) {
          deeper.put(path + "." + name, value);
        } else {
          holding.set(holding.size() - 1, "`" + name + "` (as `" + known + "`)");
        }
      }
    }
    page.append(
        "| `%s` | %s | %s |\n"
            .formatted(path, String.join(", ", holding), String.join(", ", missing)));
    deeper.forEach((name, value) -> rows(name, value, seen, page));
  }

  private static void constants(Class<?> type, String name, List<String> missing) {
    if (type.isEnum()) {
      Arrays.stream(type.getFields())
          .filter(constant -> constant.isAnnotationPresent(NotYet.class))
          .forEach(constant -> missing.add("`" + name + ": " + constant.getName() + "`"));
    }
  }

  private static String suffix(Class<?> type) {
    return List.class.isAssignableFrom(type) ? "[]" : Map.class.isAssignableFrom(type) ? "{}" : "";
  }

  /** What is in a list or a map, else the type itself. */
  private static Class<?> value(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return value(arguments[arguments.length - 1]);
    }
    return type instanceof Class<?> plain ? plain : Object.class;
  }
}
