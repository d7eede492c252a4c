/**
 * What control says to a cluster's API server, and asks it besides configuration: the connection,
 * who leads, what is written back. With {@code watch} the home of fabric8.
 */
package dev.heddle.control.kubernetes;
