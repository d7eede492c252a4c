/** What control tells people and Prometheus over HTTP; it reads, and changes nothing. */
package dev.heddle.control.admin;
