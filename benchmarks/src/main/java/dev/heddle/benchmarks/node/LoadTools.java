package dev.heddle.benchmarks.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** wrk, h2load and openssl, and what they say came of it. */
final class LoadTools {

  private static final Pattern WRK_REQUESTS = Pattern.compile("(\\d+) requests in ");
  private static final Pattern WRK_RATE = Pattern.compile("Requests/sec: +([0-9.]+)");
  private static final Pattern WRK_P99 = Pattern.compile("99% +([0-9.]+)(us|ms|s|m)\\b");
  private static final Pattern WRK_WRONG = Pattern.compile("Non-2xx.*|Socket errors.*");
  private static final Pattern H2_RATE = Pattern.compile("finished in [^,]+, ([0-9.]+) req/s");
  private static final Pattern H2_GOOD = Pattern.compile("status codes: (\\d+) 2xx");
  private static final Pattern H2_BAD = Pattern.compile("(\\d+) failed, (\\d+) errored");
  private static final Pattern TLS = Pattern.compile("(\\d+) connections in (\\d+) real seconds");

  private LoadTools() {}

  /** HTTP/1.1 in a closed loop. */
  static Map<String, Double> wrk(
      Pod caller, String url, int connections, int seconds, boolean close)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("wrk", "--latency"));
    command.add("-t" + Math.min(2, connections));
    command.add("-c" + connections);
    command.add("-d" + seconds + "s");
    command.add("--timeout");
    command.add("10s");
    if (close) {
      command.addAll(List.of("-H", "Connection: close"));
    }
    command.add(url);
    String said = Command.succeed(caller.inside(command));
    Matcher wrong = WRK_WRONG.matcher(said);
    if (wrong.find() && !close) { // an end that was asked for is an error to wrk
      throw new IOException("wrk " + url + ": " + wrong.group());
    }
    return Map.of(
        "requests", number(WRK_REQUESTS, said),
        "perSecond", number(WRK_RATE, said),
        "p99Millis", millis(said));
  }

  private static double millis(String said) throws IOException {
    Matcher p99 = found(WRK_P99, said);
    double value = Double.parseDouble(p99.group(1));
    return switch (p99.group(2)) {
      case "us" -> value / 1_000;
      case "ms" -> value;
      case "s" -> value * 1_000;
      default -> value * 60_000;
    };
  }

  /** 100 streams on one connection. */
  static Map<String, Double> h2load(Pod caller, String url, int seconds, List<String> options)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("h2load", "-c1", "-m100", "-t1", "-D", Integer.toString(seconds)));
    command.addAll(options);
    command.add(url);
    String said = Command.succeed(caller.inside(command));
    Matcher bad = found(H2_BAD, said);
    if (!bad.group(1).equals("0") || !bad.group(2).equals("0")) {
      throw new IOException("h2load " + url + ": " + bad.group());
    }
    return Map.of("requests", number(H2_GOOD, said), "perSecond", number(H2_RATE, said));
  }

  /** A request on each connection of TLS, with a certificate. */
  static Map<String, Double> handshakes(
      Pod caller, String address, int seconds, boolean resumed, Path certificate)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl", "s_time", "-tls1_3"));
    command.add(resumed ? "-reuse" : "-new");
    command.addAll(List.of("-time", Integer.toString(seconds), "-www", "/small"));
    command.addAll(List.of("-connect", address));
    command.addAll(List.of("-cert", certificate.resolve("cert-chain.pem").toString()));
    command.addAll(List.of("-key", certificate.resolve("key.pem").toString()));
    String said = Command.succeed(caller.inside(command));
    Matcher all = TLS.matcher(said);
    if (!all.find() || all.group(1).equals("0")) {
      throw new IOException("openssl s_time " + address + " made no connections: " + said);
    }
    double connections = Double.parseDouble(all.group(1));
    double took = Math.max(1, Double.parseDouble(all.group(2)));
    return Map.of("requests", connections, "perSecond", connections / took);
  }

  private static double number(Pattern pattern, String said) throws IOException {
    return Double.parseDouble(found(pattern, said).group(1));
  }

  private static Matcher found(Pattern pattern, String said) throws IOException {
    Matcher matcher = pattern.matcher(said);
    if (!matcher.find()) {
      throw new IOException(
          String.format(Locale.ROOT, "nothing like \"%s\" in: %s", pattern, said));
    }
    return matcher;
  }
}
