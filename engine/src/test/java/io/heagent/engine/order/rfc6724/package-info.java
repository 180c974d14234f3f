/**
 * Tests of the sorting of addresses by RFC 6724: its rules one by one, and the examples of its
 * section 10, for which source addresses are selected as the RFC says. They use the public methods
 * of the room {@code engine.order} only.
 */
package io.heagent.engine.order.rfc6724;
