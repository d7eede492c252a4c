package dev.heddle.control.jwks;

import java.io.IOException;

/** Where key sets come from. */
public interface KeySetSource {

  /** The text behind a URL; IOException with the reason where there is none. */
  String fetch(String url) throws IOException, InterruptedException;
}
