/**
 * Puts the agent together at start: settings, checks of the JDK, weaving, hooks; it also has the
 * command line and its usage text.
 */
package io.heagent.agent.start;
