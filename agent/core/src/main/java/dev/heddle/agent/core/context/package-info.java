/**
 * What calls made on behalf of an incoming request inherit from it: the request's headers that are
 * to go on, held by the thread and carried with tasks. It decides on no call and knows no library;
 * the peer's identity will stand beside the headers when connections have one.
 */
package dev.heddle.agent.core.context;
