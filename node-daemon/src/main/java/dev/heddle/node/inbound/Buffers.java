package dev.heddle.node.inbound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Bytes that come in parts and are looked at as one. */
final class Buffers {

  private Buffers() {}

  /** Both; takes both over. */
  static ByteBuf joined(ByteBufAllocator allocator, ByteBuf first, ByteBuf second) {
    if (!first.isReadable()) {
      first.release();
      return second;
    }
    ByteBuf both = allocator.buffer(first.readableBytes() + second.readableBytes());
    both.writeBytes(first).writeBytes(second);
    first.release();
    second.release();
    return both;
  }
}
