package dev.heddle.node.dns;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.util.ReferenceCountUtil;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A query that the mesh may answer: one question for addresses, and at most an OPT record (RFC
 * 6891) beside it. What else there may be in a query is the resolver's to understand.
 *
 * @param name in lower case, without the dot at its end
 * @param ipv6 whether AAAA is asked for, not A
 * @param end bytes of the query up to the end of its question
 * @param datagramBytes of the longest datagram that the client takes
 * @param edns whether it sent an OPT record, so that it gets one
 */
record MeshQuestion(String name, boolean ipv6, int end, int datagramBytes, boolean edns) {

  /** RFC 1035, section 4.1.1: a message begins with a header of so many bytes. */
  static final int HEADER_BYTES = 12;

  /** RFC 1035, section 4.2.1. */
  static final int PLAIN_DATAGRAM_BYTES = 512;

  /** QR, opcode and TC: none is set in a standard query. */
  private static final int NOT_A_QUERY = 0xfa00;

  /** Type and class, behind the name of a question. */
  private static final int TYPE_AND_CLASS_BYTES = 4;

  /** Where a message counts its questions, answers, authorities and additional records. */
  private static final int COUNTS = 4;

  /** Reads one of a whole message, or null; the message's indices stay. */
  static @Nullable MeshQuestion read(ByteBuf message) {
    if (message.readableBytes() < HEADER_BYTES) {
      return null;
    }
    ByteBuf in = message.slice(); // names point to offsets from here
    int additional = in.getUnsignedShort(COUNTS + 6);
    boolean simple =
        (in.getUnsignedShort(2) & NOT_A_QUERY) == 0
            && in.getUnsignedShort(COUNTS) == 1
            && in.getInt(COUNTS + 2) == 0
            && additional <= 1;
    if (!simple) {
      return null;
    }
    try {
      return read(in.skipBytes(HEADER_BYTES), additional == 1);
    } catch (Exception e) { // as Netty declares it: cut short, or a name that is none
      return null;
    }
  }

  private static @Nullable MeshQuestion read(ByteBuf in, boolean hasAdditional) throws Exception {
    DnsQuestion question = DnsRecordDecoder.DEFAULT.decodeQuestion(in);
    int end = in.readerIndex();
    String name = question.name();
    boolean ipv6 = question.type().equals(DnsRecordType.AAAA);
    boolean address = ipv6 || question.type().equals(DnsRecordType.A);
    if (!isHostName(in, end - TYPE_AND_CLASS_BYTES)
        || !address
        || question.dnsClass() != DnsRecord.CLASS_IN) {
      return null;
    }
    int datagramBytes = hasAdditional ? datagramBytes(in) : PLAIN_DATAGRAM_BYTES;
    return datagramBytes == 0 || in.isReadable()
        ? null
        : new MeshQuestion(
            name.substring(0, name.length() - 1).toLowerCase(Locale.ROOT),
            ipv6,
            end,
            datagramBytes,
            hasAdditional);
  }

  /** Labels of letters, digits, - and _: no pointers, and no dots that would be two names' one. */
  private static boolean isHostName(ByteBuf in, int end) {
    int at = HEADER_BYTES;
    int length = in.getUnsignedByte(at);
    while (length > 0 && at + length < end) {
      for (int i = at + 1; i <= at + length; i++) {
        if (!isOfHosts(in.getByte(i))) {
          return false;
        }
      }
      at += length + 1;
      length = in.getUnsignedByte(at);
    }
    return at > HEADER_BYTES && length == 0 && at + 1 == end;
  }

  private static boolean isOfHosts(byte c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  /** Of an OPT record of version 0, which has it in place of a class; 0 of any other. */
  private static int datagramBytes(ByteBuf in) throws Exception {
    DnsRecord record = DnsRecordDecoder.DEFAULT.decodeRecord(in);
    if (record == null) {
      return 0;
    }
    try {
      boolean version0 = ((record.timeToLive() >> 16) & 0xff) == 0;
      return record.type().equals(DnsRecordType.OPT) && version0
          ? Math.max(record.dnsClass(), PLAIN_DATAGRAM_BYTES)
          : 0;
    } finally {
      ReferenceCountUtil.release(record);
    }
  }
}
