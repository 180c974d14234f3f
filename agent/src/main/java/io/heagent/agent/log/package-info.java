/**
 * What users and programs are told: one line on stderr for each event, faults of the agent among
 * them, and the program's exceptions without the agent's frames. Imports the engine's {@code
 * report.OneLine} and {@code time.DaemonThreads}, and the JDK.
 */
package io.heagent.agent.log;
