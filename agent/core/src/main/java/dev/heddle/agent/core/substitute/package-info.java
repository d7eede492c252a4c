/**
 * What the relocated libraries get in place of parts of the JDK that a guest must not touch. The
 * build rewrites their references (agent/inst/pom.xml); nothing of ours calls these classes.
 */
package dev.heddle.agent.core.substitute;
