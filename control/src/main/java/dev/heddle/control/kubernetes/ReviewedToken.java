package dev.heddle.control.kubernetes;

import dev.heddle.control.ca.Authentication;
import dev.heddle.control.ca.Caller;
import dev.heddle.control.ca.Refusal;
import dev.heddle.control.ca.WorkloadTokens;
import dev.heddle.policy.identity.SpiffeId;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who a caller is by what the API server says of its token. */
record ReviewedToken(String trustDomain) {

  /** User names of service accounts: {@code system:serviceaccount:NAMESPACE:NAME}. */
  private static final String ACCOUNT = "system:serviceaccount:";

  /** Of tokens that are bound to a pod, which end with it. */
  private static final String POD = "authentication.kubernetes.io/pod-name";

  /** Where that pod runs; Kubernetes 1.30 and later say it. */
  private static final String NODE = "authentication.kubernetes.io/node-name";

  /** The caller, or why it is none. */
  Authentication of(@Nullable TokenReviewStatus status) {
    if (status == null || !Boolean.TRUE.equals(status.getAuthenticated())) {
      String error = status == null ? null : status.getError();
      return refused(
          Refusal.TOKEN_REJECTED,
          "token that the API server does not vouch for: "
              + (error == null || error.isEmpty() ? "no reason given" : error)
              + " (expected: a token projected into a running pod, audience "
              + WorkloadTokens.AUDIENCE
              + ")");
    }
    // A server that ignores the audience asked for vouches for tokens made for others as well.
    if (!status.getAudiences().contains(WorkloadTokens.AUDIENCE)) {
      return refused(
          Refusal.TOKEN_AUDIENCE,
          "token for audience "
              + status.getAudiences()
              + " (expected: "
              + WorkloadTokens.AUDIENCE
              + ")");
    }
    return caller(status.getUser());
  }

  private Authentication caller(@Nullable UserInfo user) {
    String name = user == null ? "" : String.valueOf(user.getUsername());
    String[] parts =
        name.startsWith(ACCOUNT) ? name.substring(ACCOUNT.length()).split(":", -1) : new String[0];
    if (user == null || parts.length != 2) {
      return refused(
          Refusal.TOKEN_REJECTED,
          "token of \"" + name + "\" (expected: one of a service account, " + ACCOUNT + "...)");
    }
    String pod = said(user, POD);
    if (pod.isEmpty()) {
      return refused(
          Refusal.TOKEN_POD,
          "token of "
              + name
              + " that is bound to no pod (expected: one projected into a pod, or made by kubectl"
              + " create token --bound-object-kind Pod)");
    }
    SpiffeId identity = SpiffeId.of(trustDomain, parts[0], parts[1]);
    return new Authentication.Proven(Caller.proven(identity, said(user, NODE)).ofPod(pod));
  }

  private static String said(UserInfo user, String name) {
    Map<String, List<String>> extra = user.getExtra();
    List<String> values = extra == null ? List.of() : extra.getOrDefault(name, List.of());
    return values.size() == 1 ? values.getFirst() : "";
  }

  private static Authentication refused(Refusal reason, String message) {
    return new Authentication.Refused(reason, message);
  }
}
