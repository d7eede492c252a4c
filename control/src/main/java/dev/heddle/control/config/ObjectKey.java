package dev.heddle.control.config;

/** The identity of an object, as kubectl has it. */
public record ObjectKey(String kind, String namespace, String name)
    implements Comparable<ObjectKey> {

  @Override
  public int compareTo(ObjectKey other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return kind + " " + namespace + "/" + name;
  }
}
