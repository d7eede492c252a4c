package dev.heddle.agent.core.call;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Values by the identity of an object, for as long as somebody else holds that object. To ask an
 * empty one costs next to nothing.
 */
public final class IdentityTable<V> {

  private final ConcurrentMap<Object, V> values = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

  /** Whether it holds nothing. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** The value of this very object; null: none. */
  public @Nullable V get(Object object) {
    return values.isEmpty() ? null : values.get(new Question(object));
  }

  /** Gives it a value, in place of the one before. */
  public void put(Object object, V value) {
    for (Reference<?> key = collected.poll(); key != null; key = collected.poll()) {
      values.remove(key);
    }
    if (values.replace(new Question(object), value) == null) {
      values.put(new Key(object, collected), value);
    }
  }

  /** Takes its value. */
  public void remove(Object object) {
    if (!values.isEmpty()) {
      values.remove(new Question(object));
    }
  }

  /** What is looked for: equal to the key of the same object, no work to the collector. */
  private static final class Question {
    private final Object object;

    Question(Object object) {
      this.object = object;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(object);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // that is what it is for
    public boolean equals(Object other) {
      return other instanceof Key && ((Key) other).get() == object;
    }
  }

  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object object, ReferenceQueue<Object> collected) {
      super(object, collected);
      this.hash = System.identityHashCode(object);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }
  }
}
