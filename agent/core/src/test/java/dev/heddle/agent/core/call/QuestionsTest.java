package dev.heddle.agent.core.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class QuestionsTest {

  private static final int MAX_HOSTS = 10_000;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> answer = new CompletableFuture<>();
  private final Questions questions =
      new Questions(
          (host, port) -> {
            asked.add(host + ':' + port);
            return answer;
          },
          TimeUnit.MINUTES.toNanos(1));

  @Test
  void asksAboutAHostAndPortOnce() {
    Questions.Question first = questions.about("reviews", 9080);

    assertSame(first, questions.about("reviews", 9080));
    assertEquals(Arrays.asList("reviews:9080"), asked);
  }

  @Test
  void asksAboutEachPortOfAHost() {
    Questions.Question first = questions.about("reviews", 9080);
    Questions.Question second = questions.about("reviews", 9081);

    assertNotNull(second);
    assertNotSame(first, second);
    assertSame(first, questions.about("reviews", 9080));
    assertEquals(Arrays.asList("reviews:9080", "reviews:9081"), asked);
  }

  @Test
  void isOverWhenTheAnswerCame() {
    Questions.Question question = Objects.requireNonNull(questions.about("reviews", 9080));

    assertFalse(question.isOver());
    answer.complete(null);

    assertTrue(question.isOver());
  }

  @Test
  void asksAboutNoMoreHostsThanItMayKeepWhileNoneIsOver() {
    askAboutAsManyAsItMay();

    assertNull(questions.about("one-more", 80));
    assertNotNull(questions.about("host-1", 80));
    assertEquals(MAX_HOSTS, asked.size());
  }

  @Test
  void letsThoseThatAreOverMakeRoom() {
    askAboutAsManyAsItMay();
    answer.complete(null);

    assertNotNull(questions.about("one-more", 80));
    assertNotNull(questions.about("host-1", 80));
    assertEquals(MAX_HOSTS + 2, asked.size());
  }

  private void askAboutAsManyAsItMay() {
    for (int i = 0; i < MAX_HOSTS; i++) {
      assertNotNull(questions.about("host-" + i, 80));
    }
  }
}
