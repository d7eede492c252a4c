package dev.heddle.control.ca;

/** One way to tell who a caller is. May take seconds where others are asked; any thread. */
public interface Authenticator {

  /** Who shows this. */
  Authentication authenticate(Credentials credentials);
}
