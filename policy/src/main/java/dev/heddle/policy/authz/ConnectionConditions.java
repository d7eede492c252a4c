package dev.heddle.policy.authz;

import dev.heddle.policy.identity.SpiffeId;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Conditions on what a connection has; they are asked once for each. */
final class ConnectionConditions {

  private static final int MAX_PORT = 65_535;

  private ConnectionConditions() {}

  /** IllegalArgumentException where a value is of no use for the attribute. */
  static @Nullable Condition of(AttributeMatch match) {
    switch (match.attribute()) {
      case SOURCE_IP:
        return new Address(match, ConnectionAttributes::sourceAddress);
      case DESTINATION_IP:
        return new Address(match, ConnectionAttributes::destinationAddress);
      case REMOTE_IP:
        return new RemoteAddress(match);
      case DESTINATION_PORT:
        return new Port(match);
      case SOURCE_PRINCIPAL:
        return new Peer(match, SpiffeId::principal);
      case SOURCE_SERVICE_ACCOUNT:
        return new Peer(match, peer -> peer.namespace() + '/' + peer.serviceAccount());
      case SOURCE_TRUST_DOMAIN:
        return new Peer(match, SpiffeId::trustDomain);
      case SOURCE_NAMESPACE:
        return new Peer(
            match, SpiffeId::namespace, namespaces(match.values()), namespaces(match.notValues()));
      case CONNECTION_SNI:
        return new ServerName(match);
      default:
        return null;
    }
  }

  private static TextMatcher[] namespaces(List<String> values) {
    return values.stream().map(NamespaceMatcher::new).toArray(TextMatcher[]::new);
  }

  private static TextMatcher[] texts(List<String> values) {
    return TextMatcher.of(values, false, false);
  }

  private static IpBlock[] blocks(List<String> values) {
    return values.stream().map(IpBlock::parse).toArray(IpBlock[]::new);
  }

  private static boolean any(IpBlock[] blocks, IpAddress address) {
    for (IpBlock block : blocks) {
      if (block.contains(address)) {
        return true;
      }
    }
    return false;
  }

  private static final class Peer extends TextCondition {
    private final Function<SpiffeId, String> part;

    Peer(AttributeMatch match, Function<SpiffeId, String> part) {
      this(match, part, texts(match.values()), texts(match.notValues()));
    }

    Peer(
        AttributeMatch match,
        Function<SpiffeId, String> part,
        TextMatcher[] like,
        TextMatcher[] notLike) {
      super(match, like, notLike);
      this.part = part;
    }

    @Override
    @Nullable String text(ConnectionAttributes connection, @Nullable RequestAttributes request) {
      SpiffeId peer = connection.peer();
      return peer == null ? null : part.apply(peer);
    }
  }

  private static final class ServerName extends TextCondition {
    ServerName(AttributeMatch match) {
      super(match, texts(match.values()), texts(match.notValues()));
    }

    @Override
    @Nullable String text(ConnectionAttributes connection, @Nullable RequestAttributes request) {
      return connection.serverName();
    }
  }

  private static final class Address extends Condition {
    private final Function<ConnectionAttributes, IpAddress> address;
    private final IpBlock[] like;
    private final IpBlock[] notLike;

    Address(AttributeMatch match, Function<ConnectionAttributes, IpAddress> address) {
      super(match);
      this.address = address;
      like = blocks(match.values());
      notLike = blocks(match.notValues());
    }

    @Override
    boolean isLike(ConnectionAttributes connection, @Nullable RequestAttributes request) {
      return any(like, address.apply(connection));
    }

    @Override
    boolean isLikeNot(ConnectionAttributes connection, @Nullable RequestAttributes request) {
      return any(notLike, address.apply(connection));
    }
  }

  /**
   * The client behind proxies. As Envoy behind no proxy of its own that it is told to trust: the
   * last address of X-Forwarded-For; a connection without requests has its source.
   */
  private static final class RemoteAddress extends Condition {
    private final IpBlock[] like;
    private final IpBlock[] notLike;

    RemoteAddress(AttributeMatch match) {
      super(match);
      like = blocks(match.values());
      notLike = blocks(match.notValues());
    }

    @Override
    boolean needsRequest() {
      return true;
    }

    private static IpAddress address(
        ConnectionAttributes connection, @Nullable RequestAttributes request) {
      String forwarded = request == null ? null : request.header("x-forwarded-for");
      if (forwarded == null) {
        return connection.sourceAddress();
      }
      String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).trim();
      IpAddress address = IpAddress.parse(last);
      return address == null ? connection.sourceAddress() : address;
    }

    @Override
    boolean isLike(ConnectionAttributes connection, @Nullable RequestAttributes request) {
      return any(like, address(connection, request));
    }

    @Override
    boolean isLikeNot(ConnectionAttributes connection, @Nullable RequestAttributes request) {
      return any(notLike, address(connection, request));
    }
  }

  private static final class Port extends Condition {
    private final int[] like;
    private final int[] notLike;

    Port(AttributeMatch match) {
      super(match);
      like = ports(match.values());
      notLike = ports(match.notValues());
    }

    private static int[] ports(List<String> values) {
      return values.stream().mapToInt(Port::port).toArray();
    }

    private static int port(String text) {
      try {
        int port = Integer.parseInt(text);
        if (port >= 0 && port <= MAX_PORT) {
          return port;
        }
      } catch (NumberFormatException e) {
        // told below, with what was expected
      }
      throw new IllegalArgumentException("port \"" + text + "\" (expected: 0 to " + MAX_PORT + ")");
    }

    private static boolean any(int[] ports, int port) {
      for (int one : ports) {
        if (one == port) {
          return true;
        }
      }
      return false;
    }

    @Override
    boolean isLike(ConnectionAttributes connection, @Nullable RequestAttributes request) {
      return any(like, connection.destinationPort());
    }

    @Override
    boolean isLikeNot(ConnectionAttributes connection, @Nullable RequestAttributes request) {
      return any(notLike, connection.destinationPort());
    }
  }
}
