/**
 * Which connects of the program are raced, and over what: {@code Admission} makes a {@code
 * ConnectCall} as the JDK's connect begins, or leaves the connect alone.
 *
 * <p>{@code UnresolvedTarget} waits for the first address of a name that is not resolved. {@code
 * DialPlanner} asks {@code HistoryRegistry} and the settings for the order, so that the address
 * dialled first may be another than the requested one. {@code BoundSockets} says which sockets must
 * keep the address or port that they are bound to.
 *
 * <p><b>Programs with a mind of their own.</b> The engine's {@code EndpointRegistry} gives each
 * connect to a chosen address a {@code Ticket} as it begins: what the program's earlier steps have
 * tried in vain, how much of its timeout such a step still has, whether it stands down because its
 * thread seems to race by itself. {@code Admission} takes the ticket; whoever ends the race gives
 * it back with the {@code ConnectOutcome}. {@code RacingClients} that are known by name are left to
 * their race, and so are the address objects that connected sockets gave out ({@code
 * ConnectedPeers}).
 *
 * <p><b>Concurrency.</b> One admission serves all threads. A call is confined to the thread that
 * connects until its race takes it.
 *
 * <p>May import {@code connect.call}, {@code connect.candidates}, {@code connect.loop} (its clock),
 * {@code connect.socket}, {@code config}, {@code log}, {@code resolve}, the engine and the bridge's
 * cache of look-ups; no race.
 */
package io.heagent.agent.connect.admission;
