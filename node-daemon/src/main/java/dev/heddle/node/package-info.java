/**
 * The node daemon: composition and command line. What it is made of knows nothing of this package.
 */
package dev.heddle.node;
