package dev.heddle.control.jwks;

import java.io.IOException;
import java.time.Duration;

/** Where key sets come from. */
public interface KeySetSource {

  /** The text behind a URL; IOException with the reason where there is none in time. */
  String fetch(String url, Duration timeout) throws IOException, InterruptedException;
}
