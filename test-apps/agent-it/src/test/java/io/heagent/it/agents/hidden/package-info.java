/** Another agent that hides a class of the JDK from those that come after it. */
package io.heagent.it.agents.hidden;
