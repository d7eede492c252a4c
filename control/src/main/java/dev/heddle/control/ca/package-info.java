/**
 * Identities: the mesh's roots, the certificates signed by them, and who may have one. Bouncy
 * Castle's ASN.1 and Nimbus' tokens live here and nowhere else in control; signatures themselves
 * are the JDK's.
 */
package dev.heddle.control.ca;
