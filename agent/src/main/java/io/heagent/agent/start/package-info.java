/** Puts the agent together: settings, self-check, weaving, hook; and the usage text. */
package io.heagent.agent.start;
