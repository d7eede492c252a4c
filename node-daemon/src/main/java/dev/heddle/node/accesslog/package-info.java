/**
 * What was asked and answered, one line of JSON each. Event loops hand entries over and never wait:
 * what the disk does not take in time is dropped and counted.
 */
package dev.heddle.node.accesslog;
