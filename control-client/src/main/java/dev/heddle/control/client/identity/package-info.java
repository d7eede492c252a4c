/**
 * Who this process is in the mesh and whom it believes: its key, made here and never written, the
 * certificate that the control service signed for it, and the roots of its peers.
 */
package dev.heddle.control.client.identity;
