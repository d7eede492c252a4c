package dev.heddle.rules.gateway;

import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code Server}. */
public record GatewayServer(
    @Required @Description("The port that is listened to.") @Nullable GatewayPort port,
    @Description("The address that is listened to; any if absent.") @Nullable String bind,
    @Required @Description("Hosts that are answered for, as namespace/host or host.")
        @Nullable List<String> hosts,
    @Description("How connections are secured.") @Nullable GatewayTls tls,
    @Description("Where connections go that no route takes.") @Nullable String defaultEndpoint,
    @Description("A name of this server for people.") @Nullable String name) {}
