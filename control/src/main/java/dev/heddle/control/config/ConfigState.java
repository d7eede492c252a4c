package dev.heddle.control.config;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All objects in force at one moment, and what holds for all of them: an immutable value. */
public record ConfigState(SortedMap<ObjectKey, ConfigObject> objects, MeshOptions mesh) {

  /** Nothing is known. */
  public static final ConfigState EMPTY = new ConfigState(new TreeMap<>(), MeshOptions.DEFAULT);

  /** The objects are copied. */
  public ConfigState {
    objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
  }

  /** A state of these objects in a mesh with the usual options. */
  public static ConfigState of(Map<ObjectKey, ConfigObject> objects) {
    return new ConfigState(new TreeMap<>(objects), MeshOptions.DEFAULT);
  }

  /** The objects of one kind, in the order of their names. */
  public <T extends ConfigObject> Stream<T> all(Class<T> type) {
    return objects.values().stream().filter(type::isInstance).map(type::cast);
  }

  /** The rules of one kind, in the order of their names. */
  public <T> Stream<T> rules(Class<T> kind) {
    return all(ConfigObject.RuleObject.class)
        .map(ConfigObject.RuleObject::rule)
        .filter(kind::isInstance)
        .map(kind::cast);
  }
}
