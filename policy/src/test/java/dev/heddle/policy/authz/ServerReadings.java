package dev.heddle.policy.authz;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What servers and frameworks make of a request target: each way that one of them is known to do
 * it, in each combination. Simple instead of fast, and nothing of what it is compared with.
 */
final class ServerReadings {

  private static final Pattern ABSOLUTE =
      Pattern.compile("[A-Za-z]+://[^/?#]*(.*)", Pattern.DOTALL);

  private static final Pattern PARAMETER = Pattern.compile(";[^/]*");
  private static final Pattern SLASHES = Pattern.compile("//+");

  private ServerReadings() {}

  /** All paths that a server may choose a handler by; refusals of whole targets are left out. */
  static Set<String> of(String target) {
    Matcher absolute = ABSOLUTE.matcher(target);
    String sent = absolute.matches() ? absolute.group(1) : target;
    Set<String> readings = new LinkedHashSet<>();
    for (String delimiters : Arrays.asList("?", "?#")) { // a fragment is no part of a target
      String path = until(sent, delimiters);
      readings.add(path.isEmpty() && absolute.matches() ? "/" : path);
    }
    Set<String> decodedOnce = new LinkedHashSet<>();
    cleanedOrNot(readings).forEach(path -> decodedOnce.add(decoded(path)));
    return cleanedOrNot(orElse(cleanedOrNot(decodedOnce), ServerReadings::decoded));
  }

  private static String until(String text, String delimiters) {
    int end = 0;
    while (end < text.length() && delimiters.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(0, end);
  }

  /**
   * Each with and without what some drop: parameters (Servlet), backslashes (Windows) and so on.
   */
  private static Set<String> cleanedOrNot(Set<String> paths) {
    Set<String> bare = orElse(paths, path -> PARAMETER.matcher(path).replaceAll(""));
    Set<String> slashed = orElse(bare, path -> path.replace('\\', '/'));
    Set<String> single = orElse(slashed, path -> SLASHES.matcher(path).replaceAll("/"));
    return orElse(single, ServerReadings::withoutDotSegments);
  }

  private static Set<String> orElse(Set<String> paths, UnaryOperator<String> step) {
    Set<String> both = new LinkedHashSet<>(paths);
    paths.forEach(path -> both.add(step.apply(path)));
    return both;
  }

  /** RFC 3986 section 5.2.4. */
  private static String withoutDotSegments(String path) {
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = path.split("/", -1);
    for (int i = 1; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      if (segments[i].equals("..")) {
        kept.pollLast();
      } else if (!segments[i].equals(".")) {
        kept.addLast(segments[i]);
        continue;
      }
      if (last) {
        kept.addLast("");
      }
    }
    return segments.length < 2 ? path : '/' + String.join("/", kept);
  }

  /** Lenient: what is no escape stays, as it does in servers that do not refuse it. */
  private static String decoded(String path) {
    ByteBuffer bytes = ByteBuffer.allocate(path.length() * 3);
    for (int i = 0; i < path.length(); i++) {
      boolean escape = path.startsWith("%", i) && path.length() > i + 2;
      int high = escape ? Character.digit(path.charAt(i + 1), 16) : -1;
      int low = escape ? Character.digit(path.charAt(i + 2), 16) : -1;
      if (high >= 0 && low >= 0) {
        bytes.put((byte) (high << 4 | low));
        i += 2;
      } else {
        bytes.put(path.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
      }
    }
    bytes.flip();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
    } catch (CharacterCodingException e) {
      return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    }
  }
}
