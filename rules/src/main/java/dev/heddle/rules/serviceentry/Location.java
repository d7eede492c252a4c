package dev.heddle.rules.serviceentry;

/** Istio {@code ServiceEntry.Location}. */
public enum Location {
  MESH_EXTERNAL,
  MESH_INTERNAL
}
