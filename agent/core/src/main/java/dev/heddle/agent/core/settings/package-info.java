/** The agent's settings: declared once, read from three places, never a reason not to start. */
package dev.heddle.agent.core.settings;
