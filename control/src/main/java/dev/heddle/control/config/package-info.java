/**
 * What control knows of the world: rules and services as plain records, whatever source they came
 * from. Nothing here does I/O or knows a library.
 */
package dev.heddle.control.config;
