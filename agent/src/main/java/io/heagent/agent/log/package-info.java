/**
 * What people and programs are told: one line an event on stderr and nothing else, our own faults
 * among them, and the program's exceptions without our frames. Imports the engine's {@code
 * report.OneLine} and {@code time.DaemonThreads} and the JDK only.
 */
package io.heagent.agent.log;
