/** The control service: watches rules and endpoints, compiles them per client, serves discovery. */
package dev.heddle.control;
