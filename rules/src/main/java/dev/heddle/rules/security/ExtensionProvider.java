package dev.heddle.rules.security;

import dev.heddle.rules.schema.Description;
import org.jspecify.annotations.Nullable;

/** Istio {@code AuthorizationPolicy.ExtensionProvider}. */
public record ExtensionProvider(
    @Description("Its name in the settings of the mesh.") @Nullable String name) {}
