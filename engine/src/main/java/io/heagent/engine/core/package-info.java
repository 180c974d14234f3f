/**
 * The rules of the race: a pure state machine that decides what happens next from (event, now).
 *
 * <p>Nothing here does I/O, reads a clock, starts a thread or knows what an address is. Drivers
 * (the library's own, and the agent) feed it events and carry out the {@linkplain
 * io.heagent.engine.core.Action actions} it answers, so that every rule can be tested with exact
 * times.
 *
 * <p>May import: {@code java.util} only.
 */
package io.heagent.engine.core;
