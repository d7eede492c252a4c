/**
 * What the first bytes of a TLS connection say before anybody has answered. All of them are a
 * stranger's: read in bounds, believed in nothing.
 */
package dev.heddle.policy.tls;
