package dev.heddle.rules.destinationrule;

import dev.heddle.rules.GoDuration;
import dev.heddle.rules.NotYet;
import dev.heddle.rules.schema.AnyDuration;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code ConsistentHashLB.HTTPCookie}; with a ttl a cookie that is absent is generated. */
public record CookieRule(
    @Required @Description("Its name.") @Nullable String name,
    @Description("Its path, where it is made.") @Nullable String path,
    @AnyDuration @Description("How long it lives; with this it is made where it is absent.")
        @Nullable GoDuration ttl,
    @Description("Further attributes, where it is made.") @NotYet
        @Nullable List<Attribute> attributes) {

  /** Istio {@code HTTPCookie.Attribute}. */
  public record Attribute(
      @Required @Description("Its name.") @Nullable String name,
      @Description("Its value.") @Nullable String value) {}
}
