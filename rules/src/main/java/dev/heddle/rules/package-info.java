/** Istio's rule kinds as records: parsed with exact locations, validated, without I/O. */
package dev.heddle.rules;
