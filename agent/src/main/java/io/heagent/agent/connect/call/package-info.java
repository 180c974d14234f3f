/**
 * The values that describe one connect of the program, and the interface to the program's socket.
 *
 * <p>{@code ProgramSocket} is everything that the agent reads and writes of the socket that
 * connects, so that tests can use one without a descriptor. {@code ConnectRequest} is what the
 * program asked for. {@code UnnamedAddress}, {@code ConnectedPeers} and {@code RacingClients}
 * recognise connects that mean exactly one address, or that are left to the client's own race.
 *
 * <p>{@code ConnectCall} is one connect that is raced: its request, what was known of the name
 * ({@code KnownAddresses}), what came of its look-up ({@code TargetResolution}), its ticket and its
 * order. It belongs to the thread that connects, or to its race.
 *
 * <p>Nothing here waits, dials or decides. Everything but {@code ConnectCall} is immutable, or safe
 * for any thread.
 *
 * <p>May import {@code config.rule}, {@code log}, {@code observe}, the engine and the bridge.
 */
package io.heagent.agent.connect.call;
