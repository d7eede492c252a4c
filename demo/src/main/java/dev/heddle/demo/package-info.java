/**
 * {@code ./heddle demo}: real processes on loopback, a gentle load, and a table of what the rules
 * do to it. It uses nothing of Heddle but its jars and its command lines, as a user would.
 */
package dev.heddle.demo;
