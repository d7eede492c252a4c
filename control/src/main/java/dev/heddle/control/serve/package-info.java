/**
 * Serves discovery: the delta xDS envelope over gRPC. One thread owns all streams, so that state
 * needs no locks; what a client sees is asked of a {@code ResourceView}.
 */
package dev.heddle.control.serve;
