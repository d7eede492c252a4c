/**
 * Follows the control service: subscribes, acknowledges, reconnects, keeps the last good
 * configuration.
 */
package dev.heddle.control.client;
