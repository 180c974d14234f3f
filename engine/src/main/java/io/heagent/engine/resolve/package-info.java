/**
 * Finding the addresses of a name, each family separately: {@link
 * io.heagent.engine.resolve.Resolver} is the interface to implement, {@link
 * io.heagent.engine.resolve.SystemResolver} asks the system, and {@link
 * io.heagent.engine.resolve.ResolutionCore} decides when a race may start (RFC 8305 section 3).
 *
 * <p>May import: {@code java.net}'s address classes and {@code java.util}, {@code engine.address},
 * {@code engine.time}.
 */
package io.heagent.engine.resolve;
