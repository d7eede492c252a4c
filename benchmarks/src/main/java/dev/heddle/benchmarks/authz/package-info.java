/** What it costs to decide who may call. */
package dev.heddle.benchmarks.authz;
