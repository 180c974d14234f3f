/**
 * The file that {@code config=} names: what it says, and whether it has changed since it was read.
 * May import the JDK only.
 */
package io.heagent.agent.config.file;
