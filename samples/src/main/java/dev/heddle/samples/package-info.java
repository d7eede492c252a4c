/**
 * A shop of four programs: storefront calls catalog, catalog calls reviews, reviews calls ratings.
 * They know hosts and ports, as any program does, and nothing of Heddle.
 */
package dev.heddle.samples;
