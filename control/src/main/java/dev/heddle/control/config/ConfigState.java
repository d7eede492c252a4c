package dev.heddle.control.config;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All objects in force at one moment: an immutable value. */
public record ConfigState(SortedMap<ObjectKey, ConfigObject> objects) {

  /** Nothing is known. */
  public static final ConfigState EMPTY = new ConfigState(new TreeMap<>());

  /** The objects are copied. */
  public ConfigState {
    objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
  }

  /** A state of these objects. */
  public static ConfigState of(Map<ObjectKey, ConfigObject> objects) {
    return new ConfigState(new TreeMap<>(objects));
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
