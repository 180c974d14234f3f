/**
 * One line per event on stderr, and nothing else. Imports the engine's {@code report.OneLine} and
 * {@code time.DaemonThreads} and the JDK only.
 */
package io.heagent.agent.log;
