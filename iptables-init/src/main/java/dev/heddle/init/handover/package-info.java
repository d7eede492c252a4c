/**
 * Hands the network namespace of a pod to the node daemon and waits until it listens there. The
 * messages are decision 35; both sides take them from here.
 */
package dev.heddle.init.handover;
