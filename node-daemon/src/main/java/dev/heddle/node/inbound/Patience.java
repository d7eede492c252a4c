package dev.heddle.node.inbound;

/**
 * How long clients are waited for, in milliseconds.
 *
 * @param silence for the first byte where plaintext is let in, and for the first bytes of a client
 *     that may be about to send a request. A mesh peer speaks first and its ClientHello follows the
 *     connection; who is silent this long waits for a banner
 * @param hello for a whole ClientHello, from its first byte; STRICT: from the connection
 * @param head for all of a request's head: Apache's default is 20 to 40 s
 * @param idle without a request on a connection whose requests are judged: Envoy's hour
 * @param look between looks at a connection, by which head and idle may be longer
 */
record Patience(long silence, long hello, long head, long idle, long look) {

  static final Patience DEFAULT = new Patience(500, 10_000, 30_000, 3_600_000, 10_000);
}
