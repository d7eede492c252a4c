/**
 * The agent proper, behind an isolated class loader: installs hooks, drives calls, answers the
 * admin port.
 */
package dev.heddle.agent.core;
