package dev.heddle.agent.dist;

import java.io.FileInputStream;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An agent behind the agent, in the place of the control service: gives the socket layer an
 * identity and a policy. System properties are the policy: {@code mesh.outbound}, the port that
 * speaks mesh TLS, and {@code mesh.inbound}, the mode of all other ports.
 */
public final class MeshDouble {

  static final String PASSWORD = "changeit";
  private static final String SOCKET = "dev.heddle.agent.core.socket.";
  private static final String IDENTITY = "dev.heddle.control.client.identity.";

  private MeshDouble() {}

  /** Called by the JVM: the argument is a key store. */
  public static void premain(String keyStore, Instrumentation instrumentation) throws Exception {
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      if (loaded.getName().equals("dev.heddle.agent.core.AgentStart")) {
        use(loaded.getClassLoader(), keyStore);
      }
    }
  }

  private static void use(ClassLoader agent, String keyStore) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(keyStore)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    Object certificate =
        type(agent, IDENTITY + "WorkloadCertificate")
            .getMethod("of", PrivateKey.class, List.class)
            .invoke(
                null,
                keys.getKey("leaf", PASSWORD.toCharArray()),
                Arrays.asList(keys.getCertificateChain("leaf")));
    Certificate root = keys.getCertificate("root");
    Object trust =
        type(agent, IDENTITY + "TrustBundle")
            .getMethod("of", String.class, List.class)
            .invoke(null, "cluster.local", Collections.singletonList(root));
    Object source =
        proxy(
            agent,
            IDENTITY + "IdentitySource",
            (proxy, method, arguments) ->
                method.getName().equals("certificate") ? certificate : trust);
    Object tls =
        type(agent, SOCKET + "MeshTls")
            .getConstructor(type(agent, IDENTITY + "IdentitySource"))
            .newInstance(source);
    Class<?> threads = type(agent, SOCKET + "Handshakes");
    Object handshakes = threads.getConstructor().newInstance();
    Consumer<String> nobody = line -> {};
    Class<?> layer = type(agent, SOCKET + "SocketLayer");
    Object made =
        layer.getConstructors()[0].newInstance(
            policy(agent),
            tls,
            handshakes,
            type(agent, SOCKET + "SocketMetrics").getConstructor().newInstance(),
            type(agent, SOCKET + "Refusals")
                .getConstructor(threads, Consumer.class)
                .newInstance(handshakes, nobody));
    layer.getMethod("use", layer).invoke(null, made);
  }

  private static Object policy(ClassLoader agent) throws Exception {
    Object[] modes = type(agent, SOCKET + "InboundMode").getEnumConstants();
    Object tls =
        type(agent, SOCKET + "OutboundTls")
            .getMethod("of", Set.class, String.class)
            .invoke(
                null,
                Collections.singleton(System.getProperty("mesh.expected")),
                "outbound_.80_._.bob.default.svc.cluster.local");
    return proxy(
        agent,
        SOCKET + "ConnectionPolicy",
        (proxy, method, arguments) -> {
          switch (method.getName()) {
            case "outbound":
              return isRelay(((InetSocketAddress) arguments[0]).getPort()) ? tls : null;
            case "question":
              return null;
            case "inbound":
              String mode =
                  isRelay(port(arguments[0]))
                      ? "DISABLE"
                      : System.getProperty("mesh.inbound", "STRICT");
              return Arrays.stream(modes)
                  .filter(value -> value.toString().equals(mode))
                  .findFirst()
                  .orElseThrow(IllegalStateException::new);
            default:
              return true;
          }
        });
  }

  private static int port(Object portOrAddress) {
    return portOrAddress instanceof Integer
        ? (Integer) portOrAddress
        : ((InetSocketAddress) portOrAddress).getPort();
  }

  private static boolean isRelay(int port) {
    return port == Integer.getInteger("mesh.outbound", -1);
  }

  private static Class<?> type(ClassLoader agent, String name) throws ClassNotFoundException {
    return Class.forName(name, true, agent);
  }

  private static Object proxy(ClassLoader agent, String name, InvocationHandler handler)
      throws ClassNotFoundException {
    return Proxy.newProxyInstance(agent, new Class<?>[] {type(agent, name)}, handler);
  }
}
