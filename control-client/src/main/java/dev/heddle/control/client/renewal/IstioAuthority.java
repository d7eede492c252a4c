package dev.heddle.control.client.renewal;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.heddle.api.ca.IstioCertificateRequest;
import dev.heddle.api.ca.IstioCertificateResponse;
import dev.heddle.api.ca.IstioCertificateServiceGrpc;
import dev.heddle.control.client.channel.ControlEndpoint;
import dev.heddle.policy.identity.SpiffeId;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks {@code istio.v1.auth.IstioCertificateService}: a connection of its own for each request. */
final class IstioAuthority {

  /** Hears what became of one request; exactly one call, on some thread. */
  interface Answer {

    /** PEM, the leaf first. */
    void issued(List<String> chain);

    /** Why there is none. */
    void refused(String reason);
  }

  /** Istio's name in a request's metadata for whom it is, where that is not the caller. */
  private static final String IMPERSONATED = "ImpersonatedIdentity";

  private final ControlEndpoint control;
  private final Struct metadata;

  /** identity is whose certificates are asked for, null: the caller's own. */
  IstioAuthority(ControlEndpoint control, @Nullable SpiffeId identity) {
    this.control = control;
    this.metadata =
        identity == null
            ? Struct.getDefaultInstance()
            : Struct.newBuilder()
                .putFields(IMPERSONATED, Value.newBuilder().setStringValue(identity.uri()).build())
                .build();
  }

  /** Returns at once. A connection that is kept would show an old certificate to the next. */
  void ask(String request, Answer answer) {
    ManagedChannel channel = control.open();
    IstioCertificateServiceGrpc.newStub(channel)
        .withDeadlineAfter(RenewalLimits.SIGN_SECONDS, TimeUnit.SECONDS)
        .createCertificate(
            IstioCertificateRequest.newBuilder().setCsr(request).setMetadata(metadata).build(),
            new Response(channel, answer));
  }

  private static final class Response implements StreamObserver<IstioCertificateResponse> {
    private final ManagedChannel channel;
    private final Answer answer;
    private List<String> chain = Collections.emptyList();

    Response(ManagedChannel channel, Answer answer) {
      this.channel = channel;
      this.answer = answer;
    }

    @Override
    public void onNext(IstioCertificateResponse response) {
      chain = response.getCertChainList();
    }

    @Override
    public void onError(Throwable error) {
      channel.shutdownNow();
      answer.refused(reason(Status.fromThrowable(error)));
    }

    @Override
    public void onCompleted() {
      channel.shutdownNow();
      answer.issued(chain);
    }

    /** One line; Status.toString writes the cause's whole stack trace. */
    private static String reason(Status status) {
      return Stream.of(status.getCode(), status.getDescription(), status.getCause())
          .filter(Objects::nonNull)
          .map(String::valueOf)
          .collect(Collectors.joining(": "));
    }
  }
}
