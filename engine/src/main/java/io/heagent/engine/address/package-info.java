/**
 * Addresses as values: their text, their keys, which host texts are literals, the policy table of
 * RFC 6724 and the prefixes of NAT64.
 *
 * <p>Pure functions; nothing here looks a name up or opens a socket.
 *
 * <p>May import: {@code java.net}'s address classes and {@code java.util}; no other package of the
 * engine.
 */
package io.heagent.engine.address;
