/**
 * How this process comes by its certificate and keeps it: a key made here for each request, a
 * request signed with it, renewal at half of the lifetime. Time and dice are passed in.
 */
package dev.heddle.control.client.renewal;
