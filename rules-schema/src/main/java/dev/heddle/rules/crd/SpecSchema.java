package dev.heddle.rules.crd;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfig;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Required;

/**
 * The structural schema of a spec: the part of OpenAPI v3 that a CustomResourceDefinition takes.
 */
final class SpecSchema {

  private final SchemaGenerator generator = new SchemaGenerator(config());

  private static SchemaGeneratorConfig config() {
    OptionPreset options =
        new OptionPreset(
            // The accessors of records are no getters.
            Option.NONPUBLIC_NONSTATIC_FIELDS_WITHOUT_GETTERS,
            Option.NONPUBLIC_NONSTATIC_FIELDS_WITH_GETTERS,
            Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
            // CRDs know no references.
            Option.INLINE_ALL_SCHEMAS);
    SchemaGeneratorConfigBuilder builder =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_7, options);
    builder
        .forFields()
        .withRequiredCheck(field -> field.getAnnotation(Required.class) != null)
        .withInstanceAttributeOverride(SpecSchema::field);
    builder
        .forTypesInGeneral()
        .withCustomDefinitionProvider((type, context) -> Scalars.definition(type));
    return builder.build();
  }

  ObjectNode of(Class<? extends Record> spec) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    Description description = spec.getAnnotation(Description.class);
    if (description != null) {
      schema.put("description", description.value());
    }
    schema.setAll((ObjectNode) Flat.of(generator.generateSchema(spec)));
    TypeRules.write(schema, spec);
    return schema;
  }

  private static void field(ObjectNode node, FieldScope field, SchemaGenerationContext context) {
    if (!field.isFakeContainerItemScope()) { // those are TypeRules'
      Constraints.write(node, field.getType().getErasedType(), field::getAnnotation);
    }
  }
}
