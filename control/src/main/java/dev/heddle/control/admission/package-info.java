/**
 * What the API server asks before it stores an object: pods of the mesh are completed, rules that
 * control would refuse are refused. Both are functions of the request; only the server does I/O.
 */
package dev.heddle.control.admission;
