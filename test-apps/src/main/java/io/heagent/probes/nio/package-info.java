/**
 * Programs that connect without blocking, in every way a program can, and note what they see. Like
 * those of {@link io.heagent.probes} they run in JVMs of their own and know nothing of the agent.
 */
package io.heagent.probes.nio;
