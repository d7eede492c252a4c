/**
 * What the node daemon costs beside Envoy, HAProxy and nginx on the same way between the same pods.
 * Pods are network namespaces on a bridge; Heddle's are captured by their redirect rules, the
 * others are listeners that the load is pointed at, so that they are spared the capture.
 */
package dev.heddle.benchmarks.node;
