/**
 * Drives policy's calls on behalf of the adapters: waits, timers, first answers, counters. It
 * decides nothing, and no adapter knows policy beyond attempts and replies.
 */
package dev.heddle.agent.core.call;
