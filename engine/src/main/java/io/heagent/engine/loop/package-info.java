/**
 * One event loop: a thread with a selector, timers and tasks, on which the races of non-blocking
 * channels run. The library has one for its connects, the agent another for the program's.
 *
 * <p>Other packages use {@link io.heagent.engine.loop.EventLoop}: it takes tasks, timers and
 * channels, and keeps a thread while there are any. {@code LoopThread} is what that thread does;
 * {@code Agenda} knows what is due and how long the thread may sleep; {@code TimerQueue} holds the
 * timers; {@code Selection} is the selector with a {@code Watch} for each channel.
 *
 * <p>May import: {@code java.nio.channels}, {@code engine.time}.
 */
package io.heagent.engine.loop;
