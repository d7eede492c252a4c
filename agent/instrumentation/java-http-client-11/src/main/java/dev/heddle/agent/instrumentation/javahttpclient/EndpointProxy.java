package dev.heddle.agent.instrumentation.javahttpclient;

import dev.heddle.policy.limit.ConnectionPool;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where an attempt connects, in the place where the client's own copy of its request keeps a proxy:
 * every further copy takes it along, and no table is needed. To the client it is none, for of all
 * kinds it uses HTTP's only.
 */
final class EndpointProxy extends Proxy {

  private static final String FIELD = "proxy";

  private static final InetSocketAddress NOWHERE = InetSocketAddress.createUnresolved("heddle", 0);

  /** The field by request class; the JDK has one. */
  private static final ClassValue<Field> PROXY =
      new ClassValue<>() {
        @Override
        protected Field computeValue(Class<?> type) {
          try {
            Field field = type.getDeclaredField(FIELD);
            field.setAccessible(true);
            return field;
          } catch (NoSuchFieldException e) {
            throw new IllegalStateException(type + " has no field " + FIELD, e);
          }
        }
      };

  private final @Nullable InetSocketAddress endpoint;
  private final ConnectionPool pool;
  private final boolean appsOwn;
  private final @Nullable Duration connectLimit;

  /**
   * @param endpoint null: the address that the app itself would have used
   * @param pool what the cluster asks of connections
   * @param appsOwn whether the app encrypts them, so that nobody else can tell requests on them
   */
  EndpointProxy(@Nullable InetSocketAddress endpoint, ConnectionPool pool, boolean appsOwn) {
    super(Type.SOCKS, NOWHERE);
    this.endpoint = endpoint;
    this.pool = pool;
    this.appsOwn = appsOwn;
    long nanos = pool.connectTimeoutNanos();
    this.connectLimit = nanos > 0 ? Duration.ofNanos(nanos) : null;
  }

  /** That of the client's copy of a request; null: none of our attempts. */
  static @Nullable EndpointProxy of(Object copy) {
    try {
      Object proxy = PROXY.get(copy.getClass()).get(copy);
      return proxy instanceof EndpointProxy ? (EndpointProxy) proxy : null;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(copy.getClass() + "." + FIELD + " cannot be read", e);
    }
  }

  /** null: the address is looked up. */
  @Nullable InetSocketAddress endpoint() {
    return endpoint;
  }

  /** Whether it is what a cluster with this pool needs. */
  boolean isFor(ConnectionPool other) {
    return pool.equals(other);
  }

  /** What the cluster asks of connections. */
  ConnectionPool pool() {
    return pool;
  }

  /** The same, behind a response; null: the client's own affair. */
  @Nullable ConnectionPool limits() {
    return appsOwn ? null : pool;
  }

  /** How long it may take to connect; null for no limit. */
  @Nullable Duration connectLimit() {
    return connectLimit;
  }
}
