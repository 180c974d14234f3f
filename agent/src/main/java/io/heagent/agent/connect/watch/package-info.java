/**
 * Connects that {@code mode=observe} only watches: they run as without the agent, and their ends
 * are noted. May import {@code call}, {@code observe}, {@code log}, and the engine's {@code order}
 * and {@code time}.
 */
package io.heagent.agent.connect.watch;
