package dev.heddle.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The five rule files, one after the other, each checked by what the customers get. */
final class Tour {

  /** Calls by which a share is judged: at 90/10, four standard deviations are 8.5 points. */
  private static final int SAMPLE = 200;

  private static final String TESTER = "tester";

  /**
   * Longest time until new rules must show; on a quiet machine it takes about a fifth of a second.
   */
  private static final Duration IN_FORCE = Duration.ofSeconds(10);

  private final Load load;
  private final Workspace workspace;
  private final Optional<InetSocketAddress> pod;
  private final PrintWriter out;
  private boolean good = true;

  /**
   * @param pod where the program that is no Java listens, if it takes part
   */
  Tour(Load load, Workspace workspace, Optional<InetSocketAddress> pod, PrintWriter out) {
    this.pod = pod;
    this.load = load;
    this.workspace = workspace;
    this.out = out;
  }

  /** What a customer's reply must be for the rules to be in force. */
  private interface Sign {
    boolean in(Reply reply);
  }

  /** Runs it. @return whether every check held */
  boolean run() throws IOException, InterruptedException {
    pod.ifPresent(this::stranger);
    canary();
    darkRelease();
    slowRatings();
    fault();
    outlier();
    return good;
  }

  /** Who is not of the mesh calls the pod: it must get no answer. */
  private void stranger(InetSocketAddress address) {
    out.println("recommendations: a Python program behind the node daemon, in the same mesh.");
    String seen;
    try (HttpClient stranger = HttpClient.newHttpClient()) {
      URI plain = URI.create("http://" + address.getHostString() + ":" + address.getPort() + "/");
      HttpRequest request = HttpRequest.newBuilder(plain).timeout(IN_FORCE).build();
      seen =
          "status " + stranger.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (HttpTimeoutException e) {
      seen = "it waits";
    } catch (IOException e) {
      seen = "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      seen = "interrupted";
    }
    check("who has no identity is not let in", seen.isEmpty(), seen.isEmpty() ? "closed" : seen);
  }

  private void canary() throws IOException, InterruptedException {
    apply("canary-90-10", null, reply -> reviewsAre(reply, "v1"));
    Tally tally = sample(null);
    RouteTally reviews = tally.route("reviews");
    check("no call fails", reviews.goodPercent() == 100, percent(reviews.goodPercent()));
    double v1 = reviews.sharePercent("v1");
    check("about 90 of 100 go to v1", Math.abs(v1 - 90) < 8.5, percent(v1));
    check("the others go to v2", v1 + reviews.sharePercent("v2") == 100, reviews.answers());
    fromPod(
        tally,
        "so do those of Python",
        picks ->
            Math.abs(picks.sharePercent("v1") - 90) < 8.5
                && picks.sharePercent("v1") + picks.sharePercent("v2") == 100);
  }

  private void darkRelease() throws IOException, InterruptedException {
    apply("dark-release-by-header", TESTER, reply -> reviewsAre(reply, "v3"));
    Tally testers = sample(TESTER);
    RouteTally theirs = testers.route("reviews");
    check("the tester sees v3 only", theirs.sharePercent("v3") == 100, theirs.answers());
    fromPod(testers, "in Python too", picks -> picks.sharePercent("v3") == 100);
    Tally others = sample(null);
    RouteTally reviews = others.route("reviews");
    check("everybody else sees v1 only", reviews.sharePercent("v1") == 100, reviews.answers());
    fromPod(others, "in Python too", picks -> picks.sharePercent("v1") == 100);
  }

  private void slowRatings() throws IOException, InterruptedException {
    apply("slow-ratings-timeout", null, reply -> reviewsAre(reply, "504"));
    Tally tally = load.nothing();
    for (int i = 0; i < 10; i++) {
      tally.add(load.call(null));
    }
    RouteTally reviews = tally.route("reviews");
    check("reviews answers 504", reviews.sharePercent("504") == 100, reviews.answers());
    double median = reviews.millisAt(50);
    check("after 200 ms, not 2 s", median >= 195 && median < 1000, millis(median));
    fromPod(tally, "to Python as well", picks -> picks.sharePercent("504") == 100);
  }

  /** What reviews answer to all that call them: catalog and, where it is, the program in Python. */
  private boolean reviewsAre(Reply reply, String answer) {
    return reply.answer("reviews").equals(answer)
        && (pod.isEmpty() || reply.answer(Routes.PICKS).equals(answer));
  }

  /** A check of the calls that the program makes that is no Java. */
  private void fromPod(Tally tally, String what, Predicate<RouteTally> good) {
    if (pod.isPresent()) {
      RouteTally picks = tally.route(Routes.PICKS);
      check(what, good.test(picks), picks.answers());
    }
  }

  private void fault() throws IOException, InterruptedException {
    apply("fault-50", null, reply -> reply.answer("ratings").equals("503"));
    RouteTally ratings = sample(null).route("ratings");
    double refused = ratings.sharePercent("503");
    check(
        "about every second call to ratings is refused",
        Math.abs(refused - 50) < 15,
        percent(refused));
    check("the others get through", refused + ratings.sharePercent("v1") == 100, ratings.answers());
  }

  private void outlier() throws IOException, InterruptedException {
    apply("outlier", null, Tour::showsFailingRatings);
    int until = callsUntilClean();
    check("the failing instance is left out", until >= 0, "after " + until + " calls");
    RouteTally ratings = sample(null).route("ratings");
    check(
        "from then on no call fails", ratings.goodPercent() == 100, percent(ratings.goodPercent()));
  }

  /** Reviews take turns with ratings: the one that fails is met for the catalog or for Python. */
  private static boolean showsFailingRatings(Reply reply) {
    return reply.answer("ratings").equals("500") || reply.answer(Routes.STARS).equals("500");
  }

  /** Calls made before ten came back clean in a row; -1 if that never happens. */
  private int callsUntilClean() throws IOException, InterruptedException {
    int clean = 0;
    for (int calls = 0; calls < SAMPLE; calls++) {
      Reply reply = load.call(null);
      clean = reply.answered("ratings") && !showsFailingRatings(reply) ? clean + 1 : 0;
      if (clean == 10) {
        return calls - clean + 1;
      }
    }
    return -1;
  }

  private void apply(String file, @Nullable String user, Sign sign)
      throws IOException, InterruptedException {
    out.println(file + ": " + workspace.about(file));
    long start = System.nanoTime();
    workspace.use(file);
    boolean seen = false;
    while (!seen && System.nanoTime() - start < IN_FORCE.toNanos()) {
      seen = sign.in(load.call(user));
    }
    check("in force", seen, millis((System.nanoTime() - start) / 1e6));
  }

  private Tally sample(@Nullable String user) throws IOException, InterruptedException {
    Tally tally = load.nothing();
    for (int i = 0; i < SAMPLE; i++) {
      tally.add(load.call(user));
    }
    return tally;
  }

  private void check(String what, boolean holds, Object seen) {
    out.println((holds ? "  PASS  " : "  FAIL  ") + what + " (" + seen + ")");
    out.flush();
    good &= holds;
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.1f %%", value);
  }

  private static String millis(double value) {
    return String.format(Locale.ROOT, "%.0f ms", value);
  }
}
