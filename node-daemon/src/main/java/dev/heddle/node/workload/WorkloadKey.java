package dev.heddle.node.workload;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** In what pods must be the same to be one workload: all that rules can ask about. */
record WorkloadKey(String namespace, String serviceAccount, Map<String, String> labels) {

  /** Bytes of the labels' hash: enough that two workloads of a node never share a directory. */
  private static final int HASH_BYTES = 12;

  WorkloadKey {
    labels = Map.copyOf(labels);
  }

  static WorkloadKey of(PodFacts pod) {
    return new WorkloadKey(pod.name().namespace(), pod.serviceAccount(), pod.labels());
  }

  /** A name for files: the same after a restart. */
  String fileName() {
    return namespace + "_" + serviceAccount + "_" + hash();
  }

  private String hash() {
    try {
      byte[] text = new TreeMap<>(labels).toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
