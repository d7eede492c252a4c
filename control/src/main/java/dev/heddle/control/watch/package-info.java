/**
 * Where configuration comes from: a directory of YAML, or the API server of a cluster. With {@code
 * kubernetes} the home of fabric8, whose models are turned into {@code config} records at once.
 */
package dev.heddle.control.watch;
