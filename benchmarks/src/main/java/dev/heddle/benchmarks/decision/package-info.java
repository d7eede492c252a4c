/** What a decision costs, by JMH: no process, no socket, policy alone. */
package dev.heddle.benchmarks.decision;
