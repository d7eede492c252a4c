package dev.heddle.control.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The request of an AdmissionReview (admission.k8s.io/v1), as far as it is looked at.
 *
 * @param uid goes back with the answer
 * @param operation {@code CREATE}, {@code UPDATE}, {@code DELETE} or {@code CONNECT}
 * @param namespace empty where the object is of none
 * @param object what is to be stored; empty where it is deleted
 * @param oldObject what was stored before; empty where there was nothing
 */
public record AdmissionRequest(
    String uid, String operation, String namespace, ObjectNode object, ObjectNode oldObject) {}
