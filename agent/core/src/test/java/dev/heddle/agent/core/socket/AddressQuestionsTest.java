package dev.heddle.agent.core.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AddressQuestionsTest {

  private static final InetSocketAddress DATABASE = new InetSocketAddress("10.0.0.5", 5432);

  private final List<String> asked = new ArrayList<>();
  private final CompletableFuture<Void> answer = new CompletableFuture<>();
  private final SocketMetrics metrics = new SocketMetrics();
  private final AddressQuestions questions = waiting(TimeUnit.MINUTES.toNanos(1));

  private AddressQuestions waiting(long nanos) {
    return new AddressQuestions(nanos, remote -> remote.getPort() == 15012, metrics);
  }

  private CompletableFuture<Void> follow(String address, int port) {
    asked.add(address + ":" + port);
    return answer;
  }

  private AddressQuestion about(InetSocketAddress remote) {
    return Objects.requireNonNull(questions.about(remote));
  }

  @Test
  void anAddressIsAskedAboutOnce() {
    questions.use(this::follow);

    AddressQuestion first = about(DATABASE);

    assertThat(about(new InetSocketAddress("10.0.0.5", 5432))).isSameAs(first);
    assertThat(about(new InetSocketAddress("10.0.0.5", 5433))).isNotSameAs(first);
    about(new InetSocketAddress("fd00::7", 80));
    assertThat(asked).containsExactly("10.0.0.5:5432", "10.0.0.5:5433", "fd00:0:0:0:0:0:0:7:80");
  }

  @Test
  void itIsOverWhenItIsAnswered() {
    questions.use(this::follow);
    AddressQuestion question = about(DATABASE);
    assertThat(question.isOver()).isFalse();

    answer.complete(null);

    assertThat(question.isOver()).isTrue();
    question.await(); // returns
  }

  @Test
  void whatIsAskedBeforeThereIsSomebodyToAskIsAskedThen() {
    AddressQuestion question = about(DATABASE);
    assertThat(asked).isEmpty();

    questions.use(this::follow);
    answer.complete(null);

    assertThat(asked).containsExactly("10.0.0.5:5432");
    assertThat(question.isOver()).isTrue();
  }

  @Test
  void nobodyWaitsForWhoIsNotThere() {
    AddressQuestion question = about(DATABASE);

    questions.giveUp();

    assertThat(question.isOver()).isTrue();
    question.await(); // returns
  }

  @Test
  void patienceEnds() {
    AddressQuestions impatient = waiting(1);
    impatient.use(this::follow);

    AddressQuestion question = Objects.requireNonNull(impatient.about(DATABASE));
    question.await();

    assertThat(question.isOver()).isTrue();
    assertThat(answer).isNotDone();
    assertThat(impatient.about(DATABASE)).isSameAs(question);
    assertThat(metrics.unanswered.sum()).as("the one that waited, and the next").isEqualTo(2);
  }

  @Test
  void whatIsLeftAloneIsNotAskedAbout() {
    questions.use(this::follow);

    assertThat(questions.about(new InetSocketAddress("10.0.0.5", 15012))).isNull();
    assertThat(questions.about(InetSocketAddress.createUnresolved("db", 5432))).isNull();
    assertThat(waiting(0).about(DATABASE)).as("without patience").isNull();
    assertThat(asked).isEmpty();
  }

  @Test
  void anActionRunsOnceForTheAnswerAndTheDeadline() throws Exception {
    questions.use(this::follow);
    CompletableFuture<String> thread = new CompletableFuture<>();
    List<String> runs = new ArrayList<>();

    about(DATABASE)
        .whenOver(
            new Handshakes(),
            () -> {
              runs.add("run");
              thread.complete(Thread.currentThread().getName());
            });
    assertThat(runs).isEmpty();
    answer.complete(null);

    assertThat(thread.get(10, TimeUnit.SECONDS)).isEqualTo("heddle-handshake");
    assertThat(runs).hasSize(1);
    assertThat(metrics.unanswered.sum()).isZero();
  }

  @Test
  void newAddressesMakeRoomOnlyWhereQuestionsAreOver() {
    questions.use(this::follow);
    for (int i = 0; i < AddressQuestions.MAX_ADDRESSES; i++) {
      about(new InetSocketAddress("10.1." + i / 250 + "." + i % 250, 80));
    }
    assertThat(questions.about(DATABASE)).isNull();
    assertThat(metrics.unanswered.sum()).isEqualTo(1);

    answer.complete(null);

    assertThat(questions.about(DATABASE)).isNotNull();
  }
}
