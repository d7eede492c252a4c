package dev.heddle.agent.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Map;

/** The name of this machine; InetAddress.getLocalHost may wait for a DNS server to give it. */
final class HostName {

  /** Where Linux tells it. */
  static final Path KERNEL = Paths.get("/proc/sys/kernel/hostname");

  private HostName() {}

  static String of(Map<String, String> environment, Path kernel) {
    String told =
        environment.getOrDefault("HOSTNAME", environment.getOrDefault("COMPUTERNAME", ""));
    if (!told.isEmpty()) {
      return told;
    }
    try {
      return new String(Files.readAllBytes(kernel), StandardCharsets.UTF_8).trim();
    } catch (IOException e) {
      return "unnamed";
    }
  }
}
