/**
 * What was measured and what is made of it: samples, intervals, rows of the table, the JSON file.
 * No machine's name or path enters a sample, for results are committed.
 */
package dev.heddle.benchmarks.report;
