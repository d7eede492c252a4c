/**
 * Serves what pods open: finds out what is spoken, drives {@code policy.call} for each request, and
 * passes on unread what the mesh does not know. It decides nothing that policy decides.
 */
package dev.heddle.node.outbound;
