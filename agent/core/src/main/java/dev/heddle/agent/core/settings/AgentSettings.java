package dev.heddle.agent.core.settings;

import com.google.auto.value.AutoValue;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings, checked. */
@AutoValue
public abstract class AgentSettings {

  /** The control service, or null: unmanaged. */
  public abstract @Nullable Address control();

  /** Whether connections to the control service are TLS. */
  public abstract ControlTls controlTls();

  /** File of the roots that vouch for the control service. */
  public abstract String controlCa();

  /** File of the workload's token. */
  public abstract String tokenFile();

  /** Namespace. */
  public abstract String namespace();

  /** Service account. */
  public abstract String serviceAccount();

  /** Name of the instance. */
  public abstract String workload();

  /** Labels. */
  public abstract Map<String, String> labels();

  /** What becomes of calls that the agent fails at. */
  public abstract Mode mode();

  /** Whether the agent does anything. */
  public abstract boolean enabled();

  /** What is logged. */
  public abstract LogLevel logLevel();

  /** Directory of state, empty for none. */
  public abstract String stateDir();

  /** The admin pages' address, or null: off. */
  public abstract @Nullable Address admin();

  /** How long a first call waits, nanoseconds. */
  public abstract long firstCallWaitNanos();

  /** Headers of incoming requests that go on with calls, lower case. */
  public abstract Set<String> propagateHeaders();

  /** Hosts left alone, lower case; {@code *.} covers names below. */
  public abstract Set<String> excludeHosts();

  /** Ports left alone. */
  public abstract Set<Integer> excludePorts();

  /** Listening ports left alone. */
  public abstract Set<Integer> excludeInboundPorts();

  /** What becomes of plaintext connections from this host. */
  public abstract LocalCalls localCalls();

  /** Probes that are passed on to the app. */
  public abstract Set<Probe> probes();

  static Builder builder() {
    return new AutoValue_AgentSettings.Builder();
  }

  /** What becomes of calls that the agent itself fails at. */
  public enum Mode {
    /** They pass unmanaged. */
    PERMISSIVE,
    /** They are refused. */
    STRICT
  }

  /** What becomes of plaintext connections from this host. */
  public enum LocalCalls {
    /** They are as all others. */
    JUDGED,
    /** They are let in. */
    TRUSTED
  }

  /** Whether the connection to the control service is TLS. */
  public enum ControlTls {
    /** Unless the control service is on the loopback. */
    AUTO,
    /** It is. */
    ON,
    /** It is not: for the loopback, where nobody else hears it. */
    OFF;

    /** Whether a connection to that address is TLS. */
    public boolean holdsFor(Address control) {
      return this == ON || (this == AUTO && !control.isLoopback());
    }
  }

  /** How much is said. */
  public enum LogLevel {
    OFF,
    WARN,
    INFO
  }

  /** A host and a port. */
  @AutoValue
  public abstract static class Address {

    private static final Pattern LOOPBACK =
        Pattern.compile("(?i)localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");

    static Address of(String host, int port) {
      return new AutoValue_AgentSettings_Address(host, port);
    }

    /** Host name or address. */
    public abstract String host();

    /** Port, 0 to 65535. */
    public abstract int port();

    /** As it is written: no name is asked of DNS for it. */
    final boolean isLoopback() {
      return LOOPBACK.matcher(host()).matches();
    }
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder control(@Nullable Address control);

    abstract Builder controlTls(ControlTls controlTls);

    abstract Builder controlCa(String file);

    abstract Builder tokenFile(String file);

    abstract Builder namespace(String namespace);

    abstract Builder serviceAccount(String serviceAccount);

    abstract Builder workload(String workload);

    abstract Builder labels(Map<String, String> labels);

    abstract Builder mode(Mode mode);

    abstract Builder enabled(boolean enabled);

    abstract Builder logLevel(LogLevel logLevel);

    abstract Builder stateDir(String stateDir);

    abstract Builder admin(@Nullable Address admin);

    abstract Builder firstCallWaitNanos(long nanos);

    abstract Builder propagateHeaders(Set<String> names);

    abstract Builder excludeHosts(Set<String> hosts);

    abstract Builder excludePorts(Set<Integer> ports);

    abstract Builder excludeInboundPorts(Set<Integer> ports);

    abstract Builder localCalls(LocalCalls localCalls);

    abstract Builder probes(Set<Probe> probes);

    abstract AgentSettings build();
  }
}
