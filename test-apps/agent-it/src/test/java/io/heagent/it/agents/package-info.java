/** Other agents beside ours, and the agent attached to a JVM that runs. */
package io.heagent.it.agents;
