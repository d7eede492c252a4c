/**
 * Puts rules into a network namespace and takes them out, through the system's own iptables and ip.
 * It decides nothing: texts come from {@code ruleset}, and what fails leaves nothing behind.
 */
package dev.heddle.init.apply;
