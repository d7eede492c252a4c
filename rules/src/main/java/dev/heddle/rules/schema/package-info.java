/**
 * What the schema of a CRD says of a field beyond its type.
 *
 * <p>The facts (what is required, ranges, rules) are those of Istio's own CRDs, so that one API
 * server takes what the other takes; descriptions are ours.
 */
package dev.heddle.rules.schema;
