/**
 * What people do from the command line: with a CA directory, and with a cluster. Commands read
 * options and print; what they do is done in {@code control.ca} and {@code control.kubernetes}.
 */
package dev.heddle.control.command;
