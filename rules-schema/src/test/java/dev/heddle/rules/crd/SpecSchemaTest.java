package dev.heddle.rules.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.rules.GoDuration;
import dev.heddle.rules.RuleKind;
import dev.heddle.rules.RuleKinds;
import dev.heddle.rules.destinationrule.DestinationRuleSpec;
import dev.heddle.rules.security.PeerAuthenticationSpec;
import dev.heddle.rules.security.RequestAuthenticationSpec;
import dev.heddle.rules.serviceentry.ServiceEntrySpec;
import dev.heddle.rules.virtualservice.VirtualServiceSpec;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What records and their annotations become in a schema. */
final class SpecSchemaTest {

  private static final String ROUTE = "/properties/http/items/properties";

  private final SpecSchema schemas = new SpecSchema();

  @Test
  void everyFieldOfEveryKindIsAPropertyOfItsTypeWithADescription() {
    for (RuleKind<?> kind : RuleKinds.all()) {
      JsonNode schema = schemas.of(kind.spec());

      assertThat(schema.path("description").asText()).as(kind.name()).isNotEmpty();
      compare(kind.name(), kind.spec(), schema);
    }
  }

  private static void compare(String path, Type type, JsonNode schema) {
    Class<?> raw = raw(type);
    if (raw == List.class) {
      assertThat(schema.path("type").asText()).as(path).isEqualTo("array");
      compare(path + "[]", last(type), schema.path("items"));
    } else if (raw == Map.class) {
      assertThat(schema.path("type").asText()).as(path).isEqualTo("object");
      compare(path + "{}", last(type), schema.path("additionalProperties"));
    } else if (raw.isRecord() && raw != GoDuration.class) {
      assertThat(schema.path("type").asText()).as(path).isEqualTo("object");
      fields(path, raw, schema.path("properties"));
    } else {
      assertThat(schema.path("type").asText()).as(path).isEqualTo(scalar(raw));
    }
  }

  private static void fields(String path, Class<?> type, JsonNode properties) {
    Set<String> names = new TreeSet<>();
    properties.fieldNames().forEachRemaining(names::add);
    names.removeAll(Set.of("jwks_uri", "mirror_percent")); // second names
    Set<String> expected = new TreeSet<>();
    for (RecordComponent field : type.getRecordComponents()) {
      expected.add(field.getName());
      String at = path + "." + field.getName();
      JsonNode property = properties.path(field.getName());
      assertThat(property.path("description").asText()).as(at).isNotEmpty();
      compare(at, field.getGenericType(), property);
    }
    assertThat(names).as(path).isEqualTo(expected);
  }

  private static String scalar(Class<?> type) {
    if (type == Integer.class || type == Long.class) {
      return "integer";
    }
    if (type == Double.class) {
      return "number";
    }
    return type == Boolean.class ? "boolean" : "string";
  }

  private static Class<?> raw(Type type) {
    return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
  }

  private static Type last(Type type) {
    Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
    return arguments[arguments.length - 1];
  }

  @Test
  void ofTheCasesOfAOneofOneOrNoneIsTaken() {
    JsonNode delay = at(VirtualServiceSpec.class, ROUTE + "/fault/properties/delay");

    assertThat(delay.path("oneOf"))
        .hasToString(
            "[{\"not\":{\"anyOf\":[{\"required\":[\"fixedDelay\"]},{\"required\":[\"exponentialDelay\"]}]}},"
                + "{\"required\":[\"fixedDelay\"]},{\"required\":[\"exponentialDelay\"]}]");
  }

  @Test
  void ofTwoOneofsEachHolds() {
    JsonNode hash =
        at(
            DestinationRuleSpec.class,
            "/properties/trafficPolicy/properties/loadBalancer/properties/consistentHash");

    assertThat(hash.path("allOf")).hasSize(2).allMatch(part -> part.has("oneOf"));
  }

  @Test
  void numbersHaveTheRangeOfTheirProtobufTypeOrTheirOwn() {
    assertThat(at(VirtualServiceSpec.class, ROUTE + "/match/items/properties/port"))
        .hasToString(
            "{\"type\":\"integer\",\"description\":\"The port that is called.\",\"minimum\":0,\"maximum\":4294967295}");
    JsonNode codes =
        at(
            DestinationRuleSpec.class,
            "/properties/trafficPolicy/properties/outlierDetection/properties/outlierDetectionHttpErrorCodes");
    assertThat(codes.path("items"))
        .hasToString("{\"type\":\"integer\",\"minimum\":100,\"maximum\":599}");
  }

  @Test
  void whatIsWrittenOnTheItemsOfAListAndTheValuesOfAMapHoldsForThem() {
    assertThat(at(ServiceEntrySpec.class, "/properties/addresses/items/maxLength").asInt())
        .isEqualTo(64);
    assertThat(
            at(
                    PeerAuthenticationSpec.class,
                    "/properties/selector/properties/matchLabels/additionalProperties/maxLength")
                .asInt())
        .isEqualTo(63);
  }

  @Test
  void rulesOfATypeAndOfItsFieldsAreThereOnce() {
    assertThat(at(RequestAuthenticationSpec.class, "/x-kubernetes-validations")).hasSize(1);
    assertThat(at(ServiceEntrySpec.class, "/x-kubernetes-validations")).hasSize(4);
    assertThat(at(VirtualServiceSpec.class, ROUTE + "/timeout/x-kubernetes-validations"))
        .hasSize(1);
  }

  @Test
  void aSecondNameIsThereWhereIstiosCrdsHaveIt() {
    assertThat(at(VirtualServiceSpec.class, ROUTE + "/mirror_percent"))
        .isEqualTo(at(VirtualServiceSpec.class, ROUTE + "/mirrorPercent"));
  }

  @Test
  void nothingOfJsonSchemaIsLeftThatAStructuralSchemaDoesNotKnow() {
    for (RuleKind<?> kind : RuleKinds.all()) {
      assertThat(schemas.of(kind.spec()).toString())
          .as(kind.name())
          .doesNotContain("$ref", "$defs", "definitions", "\"const\"");
    }
  }

  private JsonNode at(Class<? extends Record> spec, String pointer) {
    JsonNode schema = schemas.of(spec).at(pointer);
    assertThat(schema.isMissingNode()).as(pointer).isFalse();
    return schema;
  }
}
