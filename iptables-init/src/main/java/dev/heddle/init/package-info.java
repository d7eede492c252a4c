/** The command line of iptables-init: what is said becomes settings, and one of four actions. */
package dev.heddle.init;
