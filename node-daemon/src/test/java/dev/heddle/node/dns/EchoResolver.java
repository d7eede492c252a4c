package dev.heddle.node.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A pod's own resolver, which answers each query with its own bytes, over UDP and TCP. */
final class EchoResolver implements AutoCloseable {

  private static final int MAX_BYTES = 65_535;

  final List<byte[]> asked = new CopyOnWriteArrayList<>();
  private final ServerSocket connections =
      new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final DatagramSocket datagrams =
      new DatagramSocket(connections.getLocalSocketAddress()); // few ports of UDP are taken

  EchoResolver() throws IOException {
    Thread.ofVirtual().start(this::answer);
    Thread.ofVirtual().start(this::accept);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) datagrams.getLocalSocketAddress();
  }

  private void answer() {
    try {
      while (true) {
        DatagramPacket query = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
        datagrams.receive(query);
        asked.add(Arrays.copyOf(query.getData(), query.getLength()));
        datagrams.send(query);
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = connections.accept();
        Thread.ofVirtual().start(() -> answer(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void answer(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      while (true) {
        byte[] query = new byte[in.readUnsignedShort()];
        in.readFully(query);
        asked.add(query);
        out.writeShort(query.length);
        out.write(query);
      }
    } catch (IOException e) {
      // the client asks no more
    }
  }

  @Override
  public void close() throws IOException {
    datagrams.close();
    connections.close();
  }
}
