/**
 * Makes the CustomResourceDefinitions of Istio's kinds from the records that rules are read into.
 *
 * <p>Runs when Heddle is built and is no part of what is shipped; {@code k8s/crds} is what it
 * makes.
 */
package dev.heddle.rules.crd;
