/**
 * What control says of the pods of this node, and of each workload among them: identity, rules,
 * whom to believe. Knows nothing of sockets; the last pod that leaves takes its workload's key
 * along.
 */
package dev.heddle.node.workload;
