package dev.heddle.control.ca;

import dev.heddle.control.ca.Authentication.Proven;

/**
 * A certificate proves an identity, which pods share. Which of them calls is told by its address,
 * and where that is not one pod's alone, by the token beside the certificate. Without either the
 * caller is a workload of no known pod.
 */
record PodOfCertificate(Authenticator certificates, PodProofs proofs) implements Authenticator {

  @Override
  public Authentication authenticate(Credentials credentials) {
    Authentication answer = certificates.authenticate(credentials);
    if (!(answer instanceof Proven proven) || proven.caller().isNode()) {
      return answer;
    }
    Caller caller = proven.caller();
    String pod = proofs.addresses().pod(credentials.address(), caller.identity());
    if (!pod.isEmpty()) {
      return new Proven(caller.ofPod(pod));
    }
    return proofs.tokens().authenticate(credentials) instanceof Proven token
            && token.caller().identity().equals(caller.identity())
        ? token
        : answer;
  }
}
