/**
 * What the connects of one process to one host and port mean for each other: which of them are
 * steps of a program that goes through the addresses by itself, which race by themselves, which
 * wait for others to the same address, how many attempts may be in flight over all races, and which
 * programs connect in a loop while every address refuses.
 *
 * <p>{@code EndpointRegistry} gives each connect that begins a {@code Ticket}, and takes it back
 * with the {@code ConnectOutcome}. {@code AttemptLimiter} and {@code RefusalStreaks} are asked by
 * races in between.
 *
 * <p>Nothing here opens a socket. Time is a parameter in nanoseconds of any origin, or comes from a
 * {@link io.heagent.engine.time.Scheduler}; whoever carries the connects out holds the instances.
 *
 * <p>May import: {@code engine.time}.
 */
package io.heagent.engine.coordination;
