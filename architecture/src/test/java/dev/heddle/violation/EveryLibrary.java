package dev.heddle.violation;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.google.protobuf.ByteString;
import com.google.re2j.Pattern;
import com.nimbusds.jwt.SignedJWT;
import io.fabric8.kubernetes.api.model.Pod;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import net.bytebuddy.ByteBuddy;
import org.apache.hc.client5.http.classic.HttpClient;
import org.bouncycastle.cert.X509CertificateHolder;
import org.snakeyaml.engine.v2.api.Load;

/** Lives in no library's home and knows them all. */
public interface EveryLibrary {

  /** Names a type of each. */
  void take(
      Status grpc,
      ByteBuf netty,
      JsonNode jackson,
      Load yaml,
      Pattern re2j,
      Pod kubernetes,
      ByteBuddy byteBuddy,
      InstrumentationModule openTelemetry,
      ByteString protobuf,
      HttpClient apache,
      X509CertificateHolder bouncyCastle,
      SignedJWT nimbus,
      SchemaGenerator schemas);
}
