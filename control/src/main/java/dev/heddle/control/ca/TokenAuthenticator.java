package dev.heddle.control.ca;

/** Believes workload tokens. */
record TokenAuthenticator(WorkloadTokens tokens, String trustDomain) implements Authenticator {

  @Override
  public Authentication authenticate(Credentials credentials) {
    String token = credentials.token();
    return token == null ? new Authentication.NotOffered() : tokens.verify(token, trustDomain);
  }
}
