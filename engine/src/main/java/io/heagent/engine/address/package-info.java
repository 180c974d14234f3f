/**
 * Addresses as values: their order, their text, and which host texts are addresses already.
 *
 * <p>Pure functions; nothing here looks a name up or opens a socket.
 *
 * <p>May import: {@code java.net}'s address classes and {@code java.util}; no other package of the
 * engine.
 */
package io.heagent.engine.address;
