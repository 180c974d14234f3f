/** One line per event on stderr, and nothing else. Imports the JDK only. */
package io.heagent.agent.log;
