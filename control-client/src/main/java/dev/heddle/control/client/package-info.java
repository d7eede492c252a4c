/**
 * Follows the control service: subscribes to what is called, acknowledges, reconnects, keeps the
 * last good configuration. One daemon thread owns all state; it logs nothing and tells a listener.
 */
package dev.heddle.control.client;
