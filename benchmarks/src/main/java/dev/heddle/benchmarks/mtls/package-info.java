/**
 * What mutual TLS between workloads costs: two programs in plaintext, the same under the agent with
 * identities, and the same behind a pair of Envoys, which take turns in one run.
 */
package dev.heddle.benchmarks.mtls;
