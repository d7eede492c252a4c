/** An app like a thousand others: Spring MVC on Tomcat, a client for the next service. */
package dev.heddle.benchmarks.springapp;
