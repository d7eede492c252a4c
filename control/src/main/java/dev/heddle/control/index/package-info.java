/**
 * From rules and services to what one client must know, without I/O: names resolve, rules are
 * looked up and defaults are filled in as Istio does it, so that data planes only obey.
 */
package dev.heddle.control.index;
