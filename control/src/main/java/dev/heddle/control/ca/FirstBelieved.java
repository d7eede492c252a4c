package dev.heddle.control.ca;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Several ways to be known: one that is believed suffices. */
record FirstBelieved(List<Authenticator> ways) implements Authenticator {

  FirstBelieved {
    ways = List.copyOf(ways);
  }

  @Override
  public Authentication authenticate(Credentials credentials) {
    List<Authentication.Refused> refusals = new ArrayList<>();
    for (Authenticator way : ways) {
      switch (way.authenticate(credentials)) {
        case Authentication.Proven proven -> {
          return proven;
        }
        case Authentication.Refused refused -> refusals.add(refused);
        case Authentication.NotOffered nothing -> {}
      }
    }
    if (refusals.isEmpty()) {
      return new Authentication.Refused(
          Refusal.NO_CREDENTIALS,
          "no credentials (expected: a token in metadata \"authorization: Bearer\", or a client"
              + " certificate of this mesh)");
    }
    return new Authentication.Refused(
        reason(refusals),
        refusals.stream().map(Authentication.Refused::message).collect(Collectors.joining("; ")));
  }

  /** Who could not be judged in one way may yet be believed in that way. */
  private static Refusal reason(List<Authentication.Refused> refusals) {
    return refusals.stream()
        .map(Authentication.Refused::reason)
        .filter(reason -> !reason.isFinal())
        .findFirst()
        .orElse(refusals.getFirst().reason());
  }
}
