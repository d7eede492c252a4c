/**
 * The node daemon from its jar, with init from its jar, in network namespaces that the tests make:
 * a node, a bridge, and pods with programs that know of no mesh.
 */
package dev.heddle.e2e.node;
