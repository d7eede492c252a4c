/**
 * Where configuration comes from: today a directory of YAML. The only home of fabric8's models,
 * which are turned into {@code config} records at once.
 */
package dev.heddle.control.watch;
