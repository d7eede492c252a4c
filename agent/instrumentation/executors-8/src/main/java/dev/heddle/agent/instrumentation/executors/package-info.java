/**
 * Carries the context of a request with the work that it hands to other threads: pools, futures,
 * stages, virtual threads. Threads of the platform that a request starts get none: many live on as
 * some pool's or client's worker and would show the first request's headers for ever.
 */
package dev.heddle.agent.instrumentation.executors;
