/**
 * Questions to a cluster: is it fit for the mesh, and is the mesh in it sound. Each answer is a
 * {@link dev.heddle.control.kubernetes.check.Finding}; nothing is changed.
 */
package dev.heddle.control.kubernetes.check;
