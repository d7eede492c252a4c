package dev.heddle.node.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseDecoder;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Queries byte for byte, and answers as Netty reads them. */
final class Messages {

  static final int A = 1;
  static final int AAAA = 28;
  static final int TXT = 16;
  private static final int OPT = 41;

  private static final InetSocketAddress SOMEWHERE = new InetSocketAddress(53);

  private Messages() {}

  /** With recursion desired, as all clients want it. */
  static byte[] query(int number, String name, int type) {
    ByteBuf query = Unpooled.buffer();
    query.writeShort(number).writeShort(0x0100).writeShort(1).writeZero(6);
    for (String label : name.split("\\.", -1)) {
      query.writeByte(label.length()).writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    query.writeByte(0).writeShort(type).writeShort(1);
    return bytes(query);
  }

  /** The same with an OPT record that says which datagrams are taken. */
  static byte[] withEdns(byte[] query, int datagramBytes) {
    ByteBuf with = Unpooled.buffer().writeBytes(query).setShort(10, 1);
    with.writeByte(0).writeShort(OPT).writeShort(datagramBytes).writeInt(0).writeShort(0);
    return bytes(with);
  }

  private static byte[] bytes(ByteBuf from) {
    byte[] bytes = new byte[from.readableBytes()];
    from.readBytes(bytes);
    return bytes;
  }

  static DatagramDnsResponse read(byte[] message) {
    EmbeddedChannel reader = new EmbeddedChannel(new DatagramDnsResponseDecoder());
    reader.writeInbound(new DatagramPacket(Unpooled.wrappedBuffer(message), SOMEWHERE, SOMEWHERE));
    DatagramDnsResponse response = reader.readInbound();
    reader.finishAndReleaseAll();
    return response;
  }

  /** Name, seconds and address or alias of each answer. */
  static List<String> answers(DatagramDnsResponse response) {
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < response.count(DnsSection.ANSWER); i++) {
      DnsRawRecord record = response.recordAt(DnsSection.ANSWER, i);
      answers.add(record.name() + " " + record.timeToLive() + " " + data(record));
    }
    return answers;
  }

  private static String data(DnsRawRecord record) {
    if (record.type().equals(DnsRecordType.CNAME)) {
      return "CNAME " + DefaultDnsRecordDecoder.decodeName(record.content());
    }
    try {
      return InetAddress.getByAddress(bytes(record.content())).getHostAddress();
    } catch (UnknownHostException e) {
      throw new AssertionError("an address of another length", e);
    }
  }

  /** Bytes of a datagram that an answer says are taken, 0 without an OPT record. */
  static int offered(DatagramDnsResponse response) {
    DnsRecord record = response.recordAt(DnsSection.ADDITIONAL);
    return record == null ? 0 : record.dnsClass();
  }
}
