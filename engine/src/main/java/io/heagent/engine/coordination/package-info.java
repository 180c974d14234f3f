/**
 * What the connects of one process to one host and port mean for each other: how many attempts may
 * be in flight over all races, and which programs connect in a loop while everything refuses.
 *
 * <p>Nothing here opens a socket. Time is a parameter in nanoseconds of any origin, or comes from a
 * {@link io.heagent.engine.time.Scheduler}; whoever carries the connects out holds the instances.
 *
 * <p>May import: {@code engine.time}.
 */
package io.heagent.engine.coordination;
