/**
 * What people do with a CA directory from the command line. Commands read options and print; what
 * they do is done in {@code control.ca}.
 */
package dev.heddle.control.command;
