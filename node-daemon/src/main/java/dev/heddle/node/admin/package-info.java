/** Pages for people, probes and Prometheus; they read what others hold and change nothing. */
package dev.heddle.node.admin;
