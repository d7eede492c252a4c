package dev.heddle.control.client.channel;

import dev.heddle.control.client.identity.IdentitySource;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.util.concurrent.Executor;

/**
 * The token beside the certificate: whichever of the two still holds is enough for the control
 * service. A call that could show neither is not sent.
 */
final class TokenCredentials extends CallCredentials {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final TokenFile file;
  private final IdentitySource identity;

  TokenCredentials(TokenFile file, IdentitySource identity) {
    this.file = file;
    this.identity = identity;
  }

  @Override
  public void applyRequestMetadata(RequestInfo call, Executor thread, MetadataApplier applier) {
    Metadata headers = new Metadata();
    try {
      headers.put(AUTHORIZATION, "Bearer " + file.token());
    } catch (IOException e) {
      if (identity.certificate() == null) {
        applier.fail(
            Status.UNAUTHENTICATED.withDescription(
                "no certificate yet, and TOKEN_FILE: " + e.getMessage()));
        return;
      }
    }
    applier.apply(headers);
  }
}
