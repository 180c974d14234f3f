/**
 * The rules of the race: a pure state machine that decides what to do next from an event and its
 * time.
 *
 * <p>Nothing here does I/O, reads a clock, starts a thread or knows what an address is. Drivers
 * (the library's own, and the agent) report events to it and carry out the {@linkplain
 * io.heagent.engine.core.Action actions} that it returns, so that every rule can be tested with
 * exact times.
 *
 * <p>May import: {@code java.util} only.
 */
package io.heagent.engine.core;
