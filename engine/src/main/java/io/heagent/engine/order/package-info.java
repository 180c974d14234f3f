/**
 * Which addresses of a name may be dialled, and in which order. {@link
 * io.heagent.engine.order.AddressSpace} says how private an address is, {@link
 * io.heagent.engine.order.ScopeGuard} whether a connect to one address may lead to another, {@link
 * io.heagent.engine.order.CandidateFilter} which addresses of a name are left. {@link
 * io.heagent.engine.order.Rfc6724} sorts them, and {@link io.heagent.engine.order.AddressWeave}
 * interleaves the families (RFC 8305 section 4). {@link io.heagent.engine.order.DialOrder} says
 * which address is dialled first, and how long a connect waits for each.
 *
 * <p>Pure functions and immutable values; nothing here looks a name up, reads a file or opens a
 * socket.
 *
 * <p>May import: {@code engine.address}, {@code engine.history}, {@code java.net}'s address classes
 * and {@code java.util}.
 */
package io.heagent.engine.order;
