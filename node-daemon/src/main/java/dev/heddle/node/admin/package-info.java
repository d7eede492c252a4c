/**
 * Pages for people, probes and Prometheus; they read what others hold and change nothing but how
 * much is logged.
 */
package dev.heddle.node.admin;
