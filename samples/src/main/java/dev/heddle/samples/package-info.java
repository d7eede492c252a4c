/**
 * A shop of four programs: storefront calls catalog, catalog calls reviews, reviews calls ratings.
 * They know hosts and ports, as any program does, and nothing of Heddle. A fifth, {@code
 * samples/python}, is no Java: catalog calls it, and it calls reviews.
 */
package dev.heddle.samples;
