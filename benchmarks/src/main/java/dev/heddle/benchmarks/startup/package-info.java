/**
 * How long a Spring Boot app takes to its first answer, and how much memory it has then: with and
 * without the agent, with the archives that people make to start faster, and beside OpenTelemetry's
 * agent. Each start is a process of its own; those of a round follow each other.
 */
package dev.heddle.benchmarks.startup;
