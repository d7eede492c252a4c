/**
 * What the JVM starts, and the one class that woven code links through. The JDK only: everything
 * else lives behind an isolated class loader, where no app can meet it.
 */
package dev.heddle.agent.bootstrap;
