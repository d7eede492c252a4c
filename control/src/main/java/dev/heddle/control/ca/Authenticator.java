package dev.heddle.control.ca;

/** One way to tell who a caller is. Answers at once; any thread. */
public interface Authenticator {

  /** Who shows this. */
  Authentication authenticate(Credentials credentials);
}
