/**
 * Connections to the control service: whom they believe, what they show, how long they wait. What
 * goes over them is not known here.
 */
package dev.heddle.control.client.channel;
