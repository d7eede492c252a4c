package dev.heddle.control.client;

import dev.heddle.api.codec.ResourceType;
import dev.heddle.api.v1.Names;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What DNS answers for hosts of the mesh; what was told last holds. */
final class HeldNames {

  private boolean follows;
  private @Nullable Map<String, List<String>> told;

  /** Asks for them. */
  void follow() {
    follows = true;
  }

  Set<String> followed() {
    return follows ? Collections.singleton(ResourceType.MESH) : Collections.<String>emptySet();
  }

  void take(Names message) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    message
        .getHostsMap()
        .forEach(
            (host, addresses) ->
                names.put(
                    host,
                    Collections.unmodifiableList(new ArrayList<>(addresses.getAddressesList()))));
    told = Collections.unmodifiableMap(names);
  }

  /** Takes over what a file held. */
  void adopt(HeldNames file) {
    told = file.told;
  }

  /** The last that were told; null: none were. */
  @Nullable Map<String, List<String>> names() {
    return told;
  }
}
