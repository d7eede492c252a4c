/**
 * The processes of a measurement: started with nothing of the caller's settings, and ended with it.
 */
package dev.heddle.benchmarks.process;
