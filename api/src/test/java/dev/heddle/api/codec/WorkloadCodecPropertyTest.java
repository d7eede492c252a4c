package dev.heddle.api.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.heddle.api.v1.Workload;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WorkloadCodecPropertyTest {

  private static final int TRIES = 300; // values are large

  @Provide
  Arbitrary<WorkloadPolicy> workload() {
    return WorkloadValues.workload();
  }

  @Property(tries = TRIES)
  void aWorkloadComesBackFromTheWireAsItWas(@ForAll("workload") WorkloadPolicy value)
      throws InvalidProtocolBufferException {
    byte[] wire = WorkloadEncoder.encode(value).toByteArray();

    assertThat(WorkloadDecoder.decode(Workload.parseFrom(wire))).isEqualTo(value);
  }

  @Property(tries = TRIES)
  void aDamagedMessageIsAValueOrIsRefusedWithAReason(
      @ForAll("workload") WorkloadPolicy value, @ForAll int at, @ForAll byte damage) {
    byte[] wire = Arrays.copyOf(WorkloadEncoder.encode(value).toByteArray(), 64);
    wire[Math.floorMod(at, wire.length)] = damage;
    try {
      assertThat(WorkloadDecoder.decode(Workload.parseFrom(wire))).isNotNull();
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
