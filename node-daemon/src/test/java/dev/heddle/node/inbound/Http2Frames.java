package dev.heddle.node.inbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** A client of HTTP/2 that writes the frames that a test wants, right or wrong (RFC 9113 4). */
final class Http2Frames {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 0x1;
  static final int ACK = 0x1;
  static final int END_HEADERS = 0x4;

  /** One that was received. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Frame(int type, int flags, int stream, byte[] payload) {

    /** The error of RST_STREAM or GOAWAY. */
    int error() {
      return payload[type == GOAWAY ? 7 : 3];
    }

    boolean endsStream() {
      return (flags & END_STREAM) != 0 && (type == DATA || type == HEADERS);
    }
  }

  /** What a stream was answered: the status is 0 where it was reset. */
  record Answer(int status, Http2Headers headers, String body, int error) {}

  private final OutputStream out;
  private final DataInputStream in;
  private final DefaultHttp2HeadersDecoder hpack = new DefaultHttp2HeadersDecoder();

  /** Says the preface. */
  Http2Frames(Socket socket) throws IOException {
    out = socket.getOutputStream();
    in = new DataInputStream(socket.getInputStream());
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
    send(SETTINGS, 0, 0, new byte[0]);
  }

  void send(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(9 + payload.length);
    frame.write(payload.length >> 16);
    frame.write(payload.length >> 8);
    frame.write(payload.length);
    frame.write(type);
    frame.write(flags);
    frame.write(stream >> 24);
    frame.write(stream >> 16);
    frame.write(stream >> 8);
    frame.write(stream);
    frame.write(payload);
    out.write(frame.toByteArray());
    out.flush();
  }

  /** Names and values in turn, each as a literal that is not indexed (RFC 7541 6.2.2). */
  static byte[] block(String... fields) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      block.write(0);
      text(block, fields[i]);
      text(block, fields[i + 1]);
    }
    return block.toByteArray();
  }

  private static void text(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    int rest = bytes.length - 127;
    block.write(Math.min(bytes.length, 127));
    if (rest >= 0) {
      for (; rest >= 128; rest >>= 7) {
        block.write((rest & 0x7F) | 0x80);
      }
      block.write(rest);
    }
    block.writeBytes(bytes);
  }

  /** A GET, whole. */
  void get(int stream, String path, String... more) throws IOException {
    String[] fields = {":method", "GET", ":scheme", "http", ":authority", "bob", ":path", path};
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(block(fields));
    block.writeBytes(block(more));
    send(HEADERS, END_HEADERS | END_STREAM, stream, block.toByteArray());
  }

  /** The next frame; null: the connection ended. */
  @Nullable Frame next() throws IOException {
    try {
      int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      return new Frame(type, flags, stream, in.readNBytes(length));
    } catch (EOFException | SocketException e) {
      return null;
    }
  }

  /** What becomes of a stream, answers of others dropped. */
  Answer answer(int stream) throws IOException {
    Http2Headers headers = new DefaultHttp2Headers();
    StringBuilder body = new StringBuilder();
    while (true) {
      Frame frame = next();
      if (frame == null || (frame.type == RST_STREAM && frame.stream == stream)) {
        return new Answer(0, headers, body.toString(), frame == null ? -1 : frame.error());
      }
      if (frame.type == GOAWAY && frame.error() != 0) {
        return new Answer(0, headers, body.toString(), frame.error());
      }
      if (frame.type == HEADERS) {
        Http2Headers decoded = decode(frame); // of every stream: they share a table
        headers = frame.stream == stream && headers.isEmpty() ? decoded : headers;
      }
      if (frame.type == DATA && frame.stream == stream) {
        body.append(new String(frame.payload, ISO_8859_1));
      }
      if (frame.stream == stream && frame.endsStream()) {
        int status = Integer.parseInt(headers.status().toString());
        return new Answer(status, headers, body.toString(), 0);
      }
    }
  }

  private Http2Headers decode(Frame frame) {
    ByteBuf block = Unpooled.wrappedBuffer(frame.payload);
    try {
      return hpack.decodeHeaders(frame.stream, block);
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The error of the GOAWAY behind which the connection ends, -1 if none came. */
  int goAway() throws IOException {
    int error = -1;
    for (Frame frame = next(); frame != null; frame = next()) {
      if (frame.type == GOAWAY) {
        error = Math.max(error, frame.error());
      }
    }
    return error;
  }
}
