/**
 * Small programs, and a few agents, that tests of the agent's start run in forked JVMs. They know
 * nothing of he-agent unless they say so.
 */
package io.heagent.probes.start;
