package dev.heddle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Text made to do harm: the parser answers, says why, and stays within time and memory. */
class HostileTextTest {

  private static final int DOCUMENTS = 1_000;
  private static final long SEED = 20_261_121;

  /** Far above what any text here needs on a busy machine, far below what a runaway one takes. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Bytes allocated for one text of the longest kind, all garbage counted. */
  private static final long MAX_ALLOCATED = 1L << 30;

  private static final int LONGEST = RuleParser.MAX_TEXT_CHARS - 100;

  private static final List<String> VALID =
      List.of(
          Yaml.routeWith(
              "match: [{uri: {prefix: /a}, headers: {x: {exact: y}}}], timeout: 1h30m,"
                  + " retries: {attempts: 2, retry_on: 5xx},"
                  + " fault: {abort: {httpStatus: 500, percentage: {value: 10}}}"),
          Yaml.object(
              "DestinationRule",
              "{host: a, trafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: user}},"
                  + " outlierDetection: {interval: 1s}}, subsets: [{name: v1, labels: {a: b}}]}"),
          Yaml.object(
              "ServiceEntry",
              "{hosts: [a.com], resolution: STATIC, ports: [{number: 80, name: http}],"
                  + " endpoints: [{address: 10.0.0.1, ports: {http: 9090}, weight: 3}]}"),
          Yaml.policy(
              "{from: [{source: {principals: [a/ns/b/sa/c], notIpBlocks: [10.0.0.0/8]}}],"
                  + " to: [{operation: {paths: ['/a/{*}'], ports: ['80'], methods: [GET]}}],"
                  + " when: [{key: 'request.headers[x]', values: [a]}]}"),
          Yaml.security(
              "PeerAuthentication",
              "{selector: {matchLabels: {app: a}}, mtls: {mode: STRICT},"
                  + " portLevelMtls: {80: {mode: DISABLE}}}"),
          Yaml.security(
              "RequestAuthentication",
              "{jwtRules: [{issuer: a, jwksUri: 'https://a/k', audiences: [b], timeout: 5s,"
                  + " fromHeaders: [{name: x, prefix: 'y '}], forwardOriginalToken: true}]}"),
          Yaml.object("WorkloadEntry", "{address: 10.0.0.1, labels: {app: a}, ports: {http: 80}}"),
          "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: 80}]}}");

  private static final List<String> POISON =
      List.of(
          "-1",
          "99999999999999999999",
          "1e400",
          ".nan",
          "~",
          "''",
          "\"\\u0000\"",
          "{}",
          "[]",
          "*a",
          "&a [*a, *a]",
          "&a {*a : b}",
          "{a: {b: c}}",
          "[[[[]]]]",
          "!!binary AAAA",
          "!<tag> x",
          "yes",
          "\t",
          "{{",
          "- -",
          "?",
          "? [a, b]\n: c",
          "<<: {a: b}",
          "|\n  x",
          ">-\n",
          "%YAML 9",
          "---",
          "...",
          "\u0000",
          "\uFFFE",
          "\uD800",
          "\u202E",
          "\u2028",
          "0x7f",
          "0o17",
          "+.inf",
          "2026-11-21",
          "\"",
          "'",
          "#",
          "@",
          "`",
          ": : :");

  private static String hostile(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> binary(random);
      case 1 -> nested(random);
      case 2 -> tokens(random);
      default -> mutated(random);
    };
  }

  private static String binary(Random random) {
    byte[] bytes = new byte[random.nextInt(2_000)];
    random.nextBytes(bytes);
    return new String(
        bytes, random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
  }

  private static String nested(Random random) {
    String step = List.of("[", "{a: ", "- ", "? ", "&a [", "\"").get(random.nextInt(6));
    return "spec: " + step.repeat(1 + random.nextInt(5_000));
  }

  private static String tokens(Random random) {
    return IntStream.range(0, random.nextInt(60))
        .mapToObj(i -> POISON.get(random.nextInt(POISON.size())))
        .collect(Collectors.joining(random.nextBoolean() ? " " : "\n"));
  }

  private static String mutated(Random random) {
    String text = VALID.get(random.nextInt(VALID.size()));
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times; i++) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(12));
      String poison = POISON.get(random.nextInt(POISON.size()));
      text =
          switch (random.nextInt(5)) {
            case 0 -> text.substring(0, at); // cut short
            case 1 -> text.substring(0, at) + text.substring(end); // a hole
            case 2 -> text.substring(0, at) + poison + text.substring(end);
            case 3 -> text.substring(0, at) + text.substring(at).repeat(1 + random.nextInt(3));
            default -> text.replaceFirst(": [a-z0-9.]+", ": " + poison.replace("\\", ""));
          };
    }
    return text;
  }

  @Test
  void ofAThousandHostileTextsEachIsAnsweredAndEachRefusalSaysWhy() {
    Random random = new Random(SEED);
    RuleParser parser = new RuleParser();
    int refused = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      String text = hostile(random);
      for (Parsed parsed : parse(parser, text)) {
        if (parsed instanceof Parsed.Refused refusal) {
          refused++;
          assertSaysWhy(refusal, text);
        }
      }
    }
    assertThat(refused).isGreaterThan(DOCUMENTS / 2);
  }

  private static List<Parsed> parse(RuleParser parser, String text) {
    try {
      return Assertions.assertTimeoutPreemptively(PATIENCE, () -> parser.parse(text));
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("the parser threw for: " + text, e);
    }
  }

  private static void assertSaysWhy(Parsed.Refused refusal, String text) {
    assertThat(refusal.problems()).as(text).isNotEmpty();
    for (RuleProblem problem : refusal.problems()) {
      assertThat(problem.message())
          .as(text)
          .isNotBlank()
          .doesNotContain("null", "jackson", "dev.heddle", "\n");
    }
  }

  @TestFactory
  Stream<DynamicTest> aBombIsRefusedInBoundedTimeAndMemory() {
    String many = "has more than " + BoundedEvents.MAX_VALUES + " values";
    String deep = "is nested deeper than " + BoundedEvents.MAX_DEPTH + " levels";
    return Stream.of(
        bomb("lists in lists", "a: " + "[".repeat(LONGEST), deep),
        bomb("lists in lists, closed", "[".repeat(LONGEST / 2) + "]".repeat(LONGEST / 2), deep),
        bomb("maps in maps", "{a: ".repeat(LONGEST / 4), deep),
        bomb("keys in keys", "? ".repeat(LONGEST / 2), deep),
        bomb("items in items", "- ".repeat(LONGEST / 2), deep),
        bomb("a list in itself", "a: &a [*a]", deep),
        bomb("a map in itself", "a: &a {b: *a}", deep),
        bomb("a billion laughs", laughs(), many),
        bomb("laughs in every document", smallLaughs().repeat(500), many),
        bomb("empty lists", "a: [" + "[],".repeat(LONGEST / 3) + "]", many),
        bomb("numbers", "a: [" + "1,".repeat(LONGEST / 2) + "]", many),
        bomb("anchors", "- &a 1\n".repeat(LONGEST / 7), many),
        bomb("objects", "---\na: 1\n".repeat(LONGEST / 9), "has more than 10000 objects"),
        bomb("a text too long", "a: " + "x".repeat(LONGEST + 200), "not YAML: "),
        bomb("a long integer", value("9".repeat(LONGEST - 300)), "expected: a duration"),
        bomb("a long fraction", value("1." + "9".repeat(LONGEST - 300)), "expected: a duration"),
        bomb("a long duration", value("1h".repeat((LONGEST - 300) / 2)), "expected: a duration"),
        bomb("long digits", value("1".repeat(LONGEST - 300) + "s"), "expected: a duration"),
        bomb(
            "a long enum",
            Yaml.object(
                "ServiceEntry", "{hosts: [a], resolution: " + "k".repeat(LONGEST - 300) + "}"),
            "expected: one of"),
        bomb(
            "a long field",
            Yaml.object("ServiceEntry", "{? " + "k".repeat(LONGEST - 300) + "\n: x}"),
            "is not a field"),
        bomb("a long kind", Yaml.object("k".repeat(LONGEST - 300), "{}"), "not supported yet"),
        bomb(
            "a long name",
            Yaml.object("ServiceEntry", "{}")
                .replace("name: x", "name: " + "x".repeat(LONGEST - 300)),
            "at most 253"),
        bomb("a long anchor", "&" + "a".repeat(LONGEST) + " x", "has no apiVersion"),
        bomb("a long tag", "!" + "a".repeat(LONGEST) + " x", "has no apiVersion"),
        bomb("far to the right", " ".repeat(LONGEST) + "a: b", "has no apiVersion"),
        bomb("many fields", manyFields(), "is not a field"),
        bomb("a map as its own key", "&a {*a : b}", "a field's name is no text"),
        bomb("control characters", "a: \u0000", "not YAML: "),
        bomb("half a character", "a: \uD800", "not YAML: "),
        bomb("a later YAML", "%YAML 9.1\n---\na", "not YAML: "));
  }

  private static DynamicTest bomb(String name, String text, String reason) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          long[] allocated = new long[1];
          List<Parsed> parsed =
              Assertions.assertTimeoutPreemptively(
                  PATIENCE,
                  () -> {
                    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
                    long before = threads.getCurrentThreadAllocatedBytes();
                    List<Parsed> objects = new RuleParser().parse(text);
                    allocated[0] = threads.getCurrentThreadAllocatedBytes() - before;
                    return objects;
                  });
          Parsed.Refused refused = (Parsed.Refused) parsed.get(0);
          assertThat(refused.problems().get(0).message())
              .contains(reason)
              .hasSizeLessThan(2 * Excerpt.SENTENCE_CHARS);
          assertThat(allocated[0]).as("bytes allocated").isLessThan(MAX_ALLOCATED);
        });
  }

  private static String value(String text) {
    return Yaml.routeWith("timeout: " + text);
  }

  private static String laughs() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      String alias = "*a" + (i - 1) + ", ";
      text.append("a%d: &a%d [%s]\n".formatted(i, i, alias.repeat(10)));
    }
    return text.toString();
  }

  /** Within the limits for itself; not five hundred times over. */
  private static String smallLaughs() {
    return "---\na: &a [" + "x,".repeat(200) + "]\nb: [" + "*a,".repeat(200) + "]\n";
  }

  private static String manyFields() {
    return Yaml.object(
        "ServiceEntry",
        IntStream.range(0, 50_000)
            .mapToObj(i -> "f" + i + ": 1")
            .collect(Collectors.joining(", ", "{", "}")));
  }
}
