/**
 * How fast control tells a change to many clients, and what each of them costs it. The clients are
 * simulated in one JVM, each with a connection and a stream of its own, and answer as agents do.
 */
package dev.heddle.benchmarks.fanout;
