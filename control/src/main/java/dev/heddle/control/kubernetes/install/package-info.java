/**
 * The mesh's own manifests: from the folders below {@code k8s} to objects, and from these into a
 * cluster. Rendering reads files and asks no cluster.
 */
package dev.heddle.control.kubernetes.install;
