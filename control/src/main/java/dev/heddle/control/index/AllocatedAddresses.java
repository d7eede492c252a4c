package dev.heddle.control.index;

import dev.heddle.policy.snapshot.Cluster;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Addresses for hosts that have none, so that connections to them can be told apart: Istio's
 * auto-allocation, from 240.240.0.0/16, which nobody routes. Each is found by a hash of the host,
 * so that it is the same after a restart; where two meet, the second in the order of names moves
 * on.
 */
final class AllocatedAddresses {

  /** Of 16 bits all but the first and the last, which look like a network and a broadcast. */
  private static final int COUNT = (1 << 16) - 2;

  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 0x01000193;

  private AllocatedAddresses() {}

  /** The same services, those that need an address with one; once all are given, without. */
  static List<CatalogService> given(List<CatalogService> services) {
    BitSet taken = new BitSet(COUNT);
    List<CatalogService> all = new ArrayList<>();
    services.stream().filter(service -> !needsOne(service)).forEach(all::add);
    services.stream()
        .filter(AllocatedAddresses::needsOne)
        .sorted(Comparator.comparing(AllocatedAddresses::key))
        .forEach(service -> all.add(with(service, taken)));
    return all;
  }

  /** As in Istio: one name, whose endpoints the mesh knows or finds. */
  private static boolean needsOne(CatalogService service) {
    return service.addresses().isEmpty()
        && !service.host().startsWith("*")
        && service.resolution() != Cluster.Resolution.PASSTHROUGH;
  }

  private static String key(CatalogService service) {
    return service.namespace() + "/" + service.host();
  }

  private static CatalogService with(CatalogService service, BitSet taken) {
    int number = Math.floorMod(hash(key(service)), COUNT);
    for (int tries = 0; taken.get(number); tries++) {
      if (tries == COUNT) {
        return service;
      }
      number = (number + 1) % COUNT;
    }
    taken.set(number);
    int last16 = number + 1;
    return service.at(List.of("240.240." + (last16 >> 8) + "." + (last16 & 0xFF)));
  }

  /** FNV-1a of 32 bits. */
  private static int hash(String text) {
    int hash = FNV_OFFSET;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    return hash;
  }
}
