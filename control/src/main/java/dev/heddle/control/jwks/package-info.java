/**
 * The public keys of token issuers: read from JSON Web Key Sets, fetched, kept and refreshed, so
 * that data planes get keys and fetch nothing.
 */
package dev.heddle.control.jwks;
