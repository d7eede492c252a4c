package dev.heddle.node.dns;

import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.node.pod.Pod;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a pod's workload knows of names, as messages of RFC 1035. */
final class MeshAnswers {

  /** Over TCP: its length is two bytes. */
  static final int MAX_BYTES = 65_535;

  /**
   * Of an answer over UDP, however much the client takes: what no link cuts (DNS flag day 2020).
   */
  static final int MAX_DATAGRAM_BYTES = 1_232;

  /** Istio's: long enough to matter, short enough for a host that is moved. */
  private static final int TTL_SECONDS = 30;

  /** Of one name; clients try a few. */
  private static final int MAX_ADDRESSES = 64;

  private static final int NAME_TYPE_CLASS_TTL_LENGTH_BYTES = 12;
  private static final int OPT_BYTES = 11;
  private static final int POINTER = 0xc000;
  private static final int RESPONSE_AUTHORITATIVE = 0x8400;
  private static final int RECURSION_AVAILABLE = 0x0080;
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int CUT = 0x0200;

  private final Pod pod;

  MeshAnswers(Pod pod) {
    this.pod = pod;
  }

  /** To a query that came as a datagram; null: the mesh knows nothing of it. */
  @Nullable ByteBuf toDatagram(ByteBuf query, ByteBufAllocator buffers) {
    MeshQuestion question = MeshQuestion.read(query);
    return question == null
        ? null
        : answer(query, question, Math.min(question.datagramBytes(), MAX_DATAGRAM_BYTES), buffers);
  }

  /** To a query of a connection; null: the mesh knows nothing of it. */
  @Nullable ByteBuf overTcp(ByteBuf query, ByteBufAllocator buffers) {
    MeshQuestion question = MeshQuestion.read(query);
    return question == null ? null : answer(query, question, MAX_BYTES, buffers);
  }

  private @Nullable ByteBuf answer(
      ByteBuf query, MeshQuestion question, int limit, ByteBufAllocator buffers) {
    MeshWorkload workload = pod.workload();
    NameTable.Found found =
        new NameTable(workload.names(), workload.identity().namespace()).find(question.name());
    return found == null ? null : answer(query, question, found, limit, buffers);
  }

  /** The question stays as it was spelled: clients compare it, its letters' case too. */
  static ByteBuf answer(
      ByteBuf query,
      MeshQuestion question,
      NameTable.Found found,
      int limit,
      ByteBufAllocator buffers) {
    List<InetAddress> addresses =
        found.addresses().stream()
            .filter(address -> address instanceof Inet6Address == question.ipv6())
            .limit(MAX_ADDRESSES)
            .toList();
    boolean alias = !addresses.isEmpty() && !found.name().equals(question.name());
    int perAddress = NAME_TYPE_CLASS_TTL_LENGTH_BYTES + (question.ipv6() ? 16 : 4);
    int aliasBytes = alias ? NAME_TYPE_CLASS_TTL_LENGTH_BYTES + found.name().length() + 2 : 0;
    int bytes =
        question.end()
            + aliasBytes
            + addresses.size() * perAddress
            + (question.edns() ? OPT_BYTES : 0);
    boolean cut = bytes > limit;
    ByteBuf out = buffers.buffer(bytes);
    header(out, query, question, cut ? 0 : addresses.size() + (alias ? 1 : 0), cut);
    if (!cut) {
      int name = POINTER | MeshQuestion.HEADER_BYTES;
      if (alias) {
        record(out, name, DnsRecordType.CNAME, found.name().length() + 2);
        name = POINTER | out.writerIndex();
        out.writeBytes(
            query, query.readerIndex() + MeshQuestion.HEADER_BYTES, found.name().length() + 1);
        out.writeByte(0);
      }
      addresses(out, name, question, addresses, query.getUnsignedShort(query.readerIndex()));
    }
    if (question.edns()) {
      out.writeByte(0).writeShort(DnsRecordType.OPT.intValue()).writeShort(MAX_DATAGRAM_BYTES);
      out.writeInt(0).writeShort(0);
    }
    return out;
  }

  private static void header(
      ByteBuf out, ByteBuf query, MeshQuestion question, int answers, boolean cut) {
    int at = query.readerIndex();
    int flags =
        RESPONSE_AUTHORITATIVE
            | RECURSION_AVAILABLE
            | (query.getUnsignedShort(at + 2) & RECURSION_DESIRED)
            | (cut ? CUT : 0);
    out.writeShort(query.getUnsignedShort(at)).writeShort(flags);
    out.writeShort(1).writeShort(answers).writeShort(0).writeShort(question.edns() ? 1 : 0);
    out.writeBytes(
        query, at + MeshQuestion.HEADER_BYTES, question.end() - MeshQuestion.HEADER_BYTES);
  }

  /** From another one each time, as the numbers of queries are drawn: clients take the first. */
  private static void addresses(
      ByteBuf out, int name, MeshQuestion question, List<InetAddress> addresses, int number) {
    for (int i = 0; i < addresses.size(); i++) {
      byte[] address = addresses.get((i + number) % addresses.size()).getAddress();
      record(out, name, question.ipv6() ? DnsRecordType.AAAA : DnsRecordType.A, address.length);
      out.writeBytes(address);
    }
  }

  private static void record(ByteBuf out, int name, DnsRecordType type, int length) {
    out.writeShort(name).writeShort(type.intValue()).writeShort(DnsRecord.CLASS_IN);
    out.writeInt(TTL_SECONDS).writeShort(length);
  }
}
