package dev.heddle.control.serve;

import org.jspecify.annotations.Nullable;

/** One state of the world as clients see it; asked on the serving thread only. */
public interface ResourceView {

  /** Nothing is known yet. */
  ResourceView EMPTY = (scope, typeUrl, name) -> null;

  /** The resource of this name, or null where this client sees none. */
  @Nullable VersionedResource find(ClientScope scope, String typeUrl, String name);
}
