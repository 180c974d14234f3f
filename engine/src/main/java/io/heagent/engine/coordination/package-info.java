/**
 * How the connects of one process affect each other: which connects to a host and port are steps of
 * a program that goes through the addresses by itself, which belong to a program that races by
 * itself, which wait for others to the same address, how many attempts all races together may have
 * in flight, and which programs connect in a loop while every address refuses.
 *
 * <p>{@code EndpointRegistry} enters each connect that begins into its {@code Ticket}, and takes
 * that back with the {@code ConnectOutcome}. In between races ask {@code AttemptLimiter} and {@code
 * RefusalStreaks}.
 *
 * <p>Nothing here opens a socket, and there is no static state: the user of this package holds the
 * instances. Time is a parameter in nanoseconds since an arbitrary moment, or comes from a {@link
 * io.heagent.engine.time.Scheduler}.
 *
 * <p>May import: {@code engine.time}.
 */
package io.heagent.engine.coordination;
