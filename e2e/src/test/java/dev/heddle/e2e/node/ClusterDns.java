package dev.heddle.e2e.node;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The DNS of a cluster, for the names of the table: services have a virtual address where nobody
 * listens, so do names of the world that only the mesh serves; names below {@code .direct} and
 * {@code outside.example.com} lead to the servers; all others do not exist.
 */
final class ClusterDns implements AutoCloseable {

  /** Of services. */
  static final String VIRTUAL = "10.96.0.1";

  /** The lines of a pod's resolv.conf that Kubernetes writes, with this server. */
  static final String RESOLV_CONF =
      "nameserver %s\nsearch default.svc.cluster.local svc.cluster.local cluster.local\noptions ndots:5\n";

  private static final Pattern SERVICE =
      Pattern.compile("[a-z0-9-]+\\.(default|other)\\.svc\\.cluster\\.local");
  private static final Pattern DIRECT =
      Pattern.compile("outside\\.example\\.com|[a-z0-9]+\\.direct\\.example\\.com");
  private static final Pattern WORLD = Pattern.compile("[a-z0-9.-]+\\.example\\.com");

  private static final int PORT = 53;
  private static final int MAX_BYTES = 512;
  private static final int HEADER_BYTES = 12;
  private static final int TYPE_A = 1;
  private static final short ANSWERED = (short) 0x8180;
  private static final short NO_SUCH_NAME = (short) 0x8183;

  private final DatagramSocket socket;
  private final String servers;

  /** Starts it at an address of the network namespace of this thread, where the servers are too. */
  ClusterDns(String address) throws IOException {
    servers = address;
    socket = new DatagramSocket(new InetSocketAddress(address, PORT));
    Thread.ofPlatform().daemon().name("cluster DNS").start(this::serve);
  }

  private void serve() {
    DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
    while (!socket.isClosed()) {
      try {
        packet.setLength(MAX_BYTES);
        socket.receive(packet);
        byte[] answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        // closed, or an asker that is gone
      }
    }
  }

  /** RFC 1035, section 4: the question as it came, and at most one address. */
  private byte[] answer(ByteBuffer query) throws IOException {
    short id = query.getShort(0);
    query.position(HEADER_BYTES);
    List<String> labels = new ArrayList<>();
    for (int length = query.get(); length > 0; length = query.get()) {
      byte[] label = new byte[length];
      query.get(label);
      labels.add(new String(label, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT));
    }
    boolean wantsIpv4 = query.getShort() == TYPE_A;
    query.getShort(); // the class
    byte[] question = new byte[query.position() - HEADER_BYTES];
    query.get(HEADER_BYTES, question);
    String address = address(String.join(".", labels));
    boolean given = wantsIpv4 && !address.isEmpty();
    ByteBuffer answer = ByteBuffer.allocate(MAX_BYTES);
    answer.putShort(id).putShort(address.isEmpty() ? NO_SUCH_NAME : ANSWERED);
    answer.putShort((short) 1).putShort((short) (given ? 1 : 0)).putInt(0).put(question);
    if (given) {
      answer.putShort((short) (0xc000 | HEADER_BYTES)); // the name of the question
      answer.putShort((short) TYPE_A).putShort((short) 1).putInt(30).putShort((short) 4);
      answer.put(InetAddress.getByName(address).getAddress());
    }
    byte[] bytes = new byte[answer.position()];
    answer.get(0, bytes);
    return bytes;
  }

  /** Empty: there is no such name. */
  private String address(String name) {
    if (DIRECT.matcher(name).matches()) {
      return servers;
    }
    boolean known = SERVICE.matcher(name).matches() || WORLD.matcher(name).matches();
    return known && !name.contains("invalid") ? VIRTUAL : "";
  }

  @Override
  public void close() {
    socket.close();
  }
}
