package dev.heddle.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** How much memory a process has. */
public final class Memory {

  private static final double MEGABYTE = 1024 * 1024;

  private Memory() {}

  /** MB in memory: VmRSS of proc(5). */
  public static double residentMegabytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
        .findFirst()
        .orElseThrow(() -> new IOException("/proc/" + pid + "/status tells no VmRSS"));
  }

  /** MB of objects that are in use, by jcmd, which collects all garbage first. */
  public static double liveHeapMegabytes(Java java, long pid) throws IOException {
    Process jcmd =
        new ProcessBuilder(java.tool("jcmd"), Long.toString(pid), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = jcmd.inputReader()) {
      String total =
          lines
              .lines()
              .filter(line -> line.startsWith("Total "))
              .findFirst()
              .orElseThrow(() -> new IOException("jcmd tells no heap of " + pid));
      return Arrays.stream(total.split(" +", -1)).skip(2).mapToLong(Long::parseLong).sum()
          / MEGABYTE;
    }
  }
}
