package dev.heddle.control;

import dev.heddle.control.ca.AuthoritySettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a control service is run.
 *
 * @param config directory of YAML
 * @param grpc where agents connect in plaintext
 * @param http where the admin pages are
 * @param tls where agents connect with their names, or null where there is no authority
 */
record ControlSettings(
    Path config, InetSocketAddress grpc, InetSocketAddress http, @Nullable Tls tls) {

  /** The authority and its port. */
  record Tls(InetSocketAddress address, AuthoritySettings authority) {}
}
