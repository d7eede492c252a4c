package dev.heddle.control.client.channel;

import dev.heddle.control.client.identity.IdentitySource;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.Executor;

/** Nothing beside the certificate, and no call without one. */
final class CertificateCredentials extends CallCredentials {

  private final IdentitySource identity;

  CertificateCredentials(IdentitySource identity) {
    this.identity = identity;
  }

  @Override
  public void applyRequestMetadata(RequestInfo call, Executor thread, MetadataApplier applier) {
    if (identity.certificate() == null) {
      applier.fail(Status.UNAUTHENTICATED.withDescription("no certificate yet"));
    } else {
      applier.apply(new Metadata());
    }
  }
}
