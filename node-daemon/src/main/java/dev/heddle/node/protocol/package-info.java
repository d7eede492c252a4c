/**
 * Bytes to messages and back: strict codecs, what is refused, what ends at a hop. It decides on no
 * call and opens no connection; both directions of the daemon use it.
 */
package dev.heddle.node.protocol;
