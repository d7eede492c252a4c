package dev.heddle.rules.serviceentry;

import dev.heddle.rules.NotYet;
import dev.heddle.rules.schema.Cel;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Size;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code WorkloadEntry}. */
@Description("A workload outside of Kubernetes.")
@Cel(rule = "has(self.address) || has(self.network)", message = "address is required")
@Cel(
    rule =
        "(has(self.address) ? self.address : '').startsWith('unix://') ? !has(self.ports) : true",
    message = "a unix socket has no ports")
public record WorkloadEntrySpec(
    @Size(max = 256)
        @Cel(
            rule =
                "self.startsWith('unix://') ? (self.substring(7, 8) == '/' || self.substring(7, 8) == '@') : true",
            message = "a unix socket is an absolute path or abstract")
        @Cel(
            rule = "self.startsWith('unix://') ? !self.endsWith('/') : true",
            message = "a unix socket is no folder")
        @Description("Where the workload is: an address, a name, or a unix socket.")
        @Nullable String address,
    @Size(max = 128)
        @Cel(
            rule =
                "self.all(key, size(key) < 63 && key.matches('^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$'))",
            message = "port name must be valid")
        @Description("Its ports, by the names of the service's.")
        Map<
                String,
                @Cel(rule = "0 < self && self <= 65535", message = "port must be between 1-65535")
                Long>
            ports,
    @Size(max = 256) @Description("Its labels.") Map<String, String> labels,
    @Size(max = 2048) @Description("The network that it is in.") @NotYet @Nullable String network,
    @Size(max = 2048) @Description("Its locality: region/zone/subzone.") @Nullable String locality,
    @Description("Its share of calls, beside the other weights.") @Nullable Long weight,
    @Size(max = 253) @Description("As whom it runs.") @Nullable String serviceAccount) {
  /** Absent lists and maps are empty ones. */
  public WorkloadEntrySpec {
    ports = ports == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(ports));
    labels = labels == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }
}
