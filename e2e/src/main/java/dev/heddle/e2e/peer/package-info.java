/**
 * Two programs that send each other bodies of any size and say what arrived: neither knows of the
 * mesh, so what one end hashes the other end must have sent.
 */
package dev.heddle.e2e.peer;
