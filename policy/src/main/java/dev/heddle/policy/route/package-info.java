/**
 * Which route a call takes, and what it makes of a request and its response.
 *
 * <p>Comparisons read the request in place: matching allocates nothing, but for regular expressions
 * and query parameters.
 */
package dev.heddle.policy.route;
