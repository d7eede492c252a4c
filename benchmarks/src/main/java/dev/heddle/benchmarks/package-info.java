/** What Heddle costs, measured in pairs; benchmarks are not tests. */
package dev.heddle.benchmarks;
