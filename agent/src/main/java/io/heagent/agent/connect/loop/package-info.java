/**
 * The agent's one event loop. {@code AgentLoop} is the engine's {@code EventLoop} with a selector
 * of the JDK's own, whatever {@code SelectorProvider} the program has. {@code AgentRuntime} owns
 * it, and gives it to races as a {@code RaceLoop} and to code that needs only timers as a {@code
 * Scheduler}.
 *
 * <p>May import {@code connect.attempt}, {@code log}, the engine's loop and the bridge.
 */
package io.heagent.agent.connect.loop;
