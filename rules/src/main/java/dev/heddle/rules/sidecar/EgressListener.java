package dev.heddle.rules.sidecar;

import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code IstioEgressListener}. */
public record EgressListener(
    @Description("The port that is listened to; absent: those of the hosts.")
        @Nullable SidecarPort port,
    @Description("The address that is listened to.") @Nullable String bind,
    @Description("How connections come to the listener.") @Nullable CaptureMode captureMode,
    @Required @Description("Hosts that are seen, as namespace/host.")
        @Nullable List<String> hosts) {}
