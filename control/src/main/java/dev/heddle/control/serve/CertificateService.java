package dev.heddle.control.serve;

import dev.heddle.api.ca.IstioCertificateRequest;
import dev.heddle.api.ca.IstioCertificateResponse;
import dev.heddle.api.ca.IstioCertificateServiceGrpc;
import dev.heddle.control.ca.CaEvents;
import dev.heddle.control.ca.CertificateAuthority;
import dev.heddle.control.ca.IssuedCertificate;
import dev.heddle.control.ca.Refusal;
import dev.heddle.control.ca.RefusedRequestException;
import dev.heddle.policy.identity.SpiffeId;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;

/** Istio's certificate service: signs for whom the call was found to come from. */
final class CertificateService extends IstioCertificateServiceGrpc.IstioCertificateServiceImplBase {

  /** Seconds that a caller may wish for: what is longer overflows nothing and is capped anyway. */
  private static final long MAX_WISH_SECONDS = Duration.ofDays(36_500).toSeconds();

  private final CertificateAuthority authority;
  private final CaEvents events;

  CertificateService(CertificateAuthority authority, CaEvents events) {
    this.authority = authority;
    this.events = events;
  }

  @Override
  public void createCertificate(
      IstioCertificateRequest request, StreamObserver<IstioCertificateResponse> answer) {
    SpiffeId caller = CallerAuthentication.caller();
    if (caller == null) {
      answer.onError(Status.UNAUTHENTICATED.withDescription("no caller").asRuntimeException());
      return;
    }
    if (((ServerCallStreamObserver<?>) answer).isCancelled()) {
      return; // it waited too long; nobody would take the certificate
    }
    long start = System.nanoTime();
    try {
      Duration wished =
          Duration.ofSeconds(Math.min(request.getValidityDuration(), MAX_WISH_SECONDS));
      IssuedCertificate issued = authority.sign(caller, request.getCsr(), wished);
      events.issued(System.nanoTime() - start);
      answer.onNext(IstioCertificateResponse.newBuilder().addAllCertChain(issued.pem()).build());
      answer.onCompleted();
    } catch (RefusedRequestException e) {
      events.refused(Refusal.BAD_REQUEST);
      answer.onError(Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
    }
  }
}
