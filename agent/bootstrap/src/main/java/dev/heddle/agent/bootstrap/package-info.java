/**
 * What the JVM starts and what woven classes link through: the JDK only, and as little as possible.
 */
package dev.heddle.agent.bootstrap;
