package dev.heddle.control.serve;

import com.google.protobuf.Value;
import dev.heddle.api.ca.IstioCertificateRequest;
import dev.heddle.api.ca.IstioCertificateResponse;
import dev.heddle.api.ca.IstioCertificateServiceGrpc;
import dev.heddle.control.ca.Authentication;
import dev.heddle.control.ca.CaEvents;
import dev.heddle.control.ca.Caller;
import dev.heddle.control.ca.CertificateAuthority;
import dev.heddle.control.ca.Impersonation;
import dev.heddle.control.ca.IssuedCertificate;
import dev.heddle.control.ca.Refusal;
import dev.heddle.control.ca.RefusedRequestException;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;

/** Istio's certificate service: signs for who calls, or for whom the caller stands. */
final class CertificateService extends IstioCertificateServiceGrpc.IstioCertificateServiceImplBase {

  /** Seconds that a caller may wish for: what is longer overflows nothing and is capped anyway. */
  private static final long MAX_WISH_SECONDS = Duration.ofDays(36_500).toSeconds();

  /** Istio's name in a request's metadata for whom it is, where that is not the caller. */
  private static final String IMPERSONATED = "ImpersonatedIdentity";

  private final CertificateAuthority authority;
  private final Impersonation impersonation;
  private final CaEvents events;

  CertificateService(CertificateAuthority authority, Impersonation impersonation, CaEvents events) {
    this.authority = authority;
    this.impersonation = impersonation;
    this.events = events;
  }

  @Override
  public void createCertificate(
      IstioCertificateRequest request, StreamObserver<IstioCertificateResponse> answer) {
    Caller caller = CallerAuthentication.caller();
    if (caller == null) {
      answer.onError(Status.UNAUTHENTICATED.withDescription("no caller").asRuntimeException());
      return;
    }
    if (((ServerCallStreamObserver<?>) answer).isCancelled()) {
      return; // it waited too long; nobody would take the certificate
    }
    String wanted =
        request
            .getMetadata()
            .getFieldsOrDefault(IMPERSONATED, Value.getDefaultInstance())
            .getStringValue();
    Authentication whose =
        wanted.isEmpty() ? new Authentication.Proven(caller) : impersonation.judge(caller, wanted);
    switch (whose) {
      case Authentication.Proven proven -> sign(proven.caller(), request, answer);
      case Authentication.Refused refused ->
          answer.onError(
              Status.PERMISSION_DENIED.withDescription(refused.message()).asRuntimeException());
      case Authentication.NotOffered nothing -> throw new AssertionError(nothing);
    }
  }

  private void sign(
      Caller caller,
      IstioCertificateRequest request,
      StreamObserver<IstioCertificateResponse> answer) {
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
