/**
 * Decides which connects of the program are raced, and over which addresses: {@code Admission}
 * makes a {@code ConnectCall} as the JDK's connect begins, or leaves the connect alone. {@code
 * TargetFilter} is asked before it, for the target alone, and gives a {@code
 * ConnectRequest.Target}: most of the connects that are left alone end there, so it allocates
 * nothing for them.
 *
 * <p>{@code UnresolvedTarget} waits for the first address of a name that is not resolved. {@code
 * DialPlanner} asks {@code HistoryRegistry} and the settings for the order, so that the address
 * dialled first may be another than the requested one. {@code BoundSockets} says which sockets must
 * keep the address or port that they are bound to.
 *
 * <p><b>Programs that use the other addresses themselves.</b> The engine's {@code EndpointRegistry}
 * enters each connect to a chosen address into a {@code Ticket} when it begins. The ticket says
 * which addresses earlier steps of the program have tried without success, how much of its timeout
 * the step still has, and whether it stands down because its thread seems to race by itself. {@code
 * Admission} makes the ticket; the code that ends the race gives it back with the {@code
 * ConnectOutcome}. Clients that are known to race by themselves ({@code RacingClients}) are left to
 * their own race, and addresses that connected sockets gave out ({@code ConnectedPeers}) are not
 * raced.
 *
 * <p><b>Concurrency.</b> One {@code Admission} serves all threads. Only the thread that connects
 * uses a {@code ConnectCall}, until its race takes it over.
 *
 * <p>May import {@code connect.call}, {@code connect.candidates}, {@code connect.socket}, {@code
 * config}, {@code config.file}, {@code config.rule}, {@code log}, {@code observe}, {@code resolve},
 * the engine and the bridge ({@code HeCache}, {@code HeJdk}), but no room of a race.
 */
package io.heagent.agent.connect.admission;
