package dev.heddle.control.ca;

import java.security.cert.X509Certificate;
import java.util.List;

/** What signs, and whom the mesh trusts: more than one root while they change. */
record CaMaterial(Issuer issuer, List<X509Certificate> roots) {

  CaMaterial {
    roots = List.copyOf(roots);
  }
}
