/**
 * From settings to the exact text that {@code iptables-restore} and {@code ip -batch} take, and
 * back from what a kernel holds. No I/O: the same text comes of the same settings anywhere.
 */
package dev.heddle.init.ruleset;
