package dev.heddle.control.serve;

import com.google.protobuf.ByteString;

/** An encoded resource and the hash of its content. */
public record VersionedResource(String version, ByteString bytes) {}
