package dev.heddle.control.ca;

/** What came of asking who a caller is. */
public sealed interface Authentication {

  /** It is this one. */
  record Proven(Caller caller) implements Authentication {}

  /** It tried and is not believed; the message is for the caller. */
  record Refused(Refusal reason, String message) implements Authentication {}

  /** It showed nothing of the kind that was looked for. */
  record NotOffered() implements Authentication {}
}
