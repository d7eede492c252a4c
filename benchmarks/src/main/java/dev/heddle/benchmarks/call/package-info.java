/**
 * What a call costs under the agent: two JVMs with the same program, one of them with the agent,
 * take turns in short slices, so that whatever else the machine does meets both.
 */
package dev.heddle.benchmarks.call;
