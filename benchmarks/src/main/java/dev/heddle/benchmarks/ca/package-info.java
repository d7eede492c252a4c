/**
 * What the certificate authority signs in a second, in this process and without the network: the
 * check of a request and the signature are what costs.
 */
package dev.heddle.benchmarks.ca;
