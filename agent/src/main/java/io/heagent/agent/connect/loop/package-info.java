/**
 * The agent's one event loop, made when the first race needs it, and its time: {@code Loop} is the
 * engine's {@code EventLoop} with a selector of the JDK's own, whatever {@code SelectorProvider}
 * the program has; {@code LoopTime} schedules on it; {@code RaceLoop} is what races see of it.
 *
 * <p>May import {@code connect.attempt}, {@code log}, the engine's loop and time, and the bridge.
 */
package io.heagent.agent.connect.loop;
