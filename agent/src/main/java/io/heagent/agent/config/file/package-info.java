/**
 * The file that {@code config=} names: what it says, and whether it has changed since it was read.
 * May import the engine's {@code time.DaemonThreads} and the JDK.
 */
package io.heagent.agent.config.file;
