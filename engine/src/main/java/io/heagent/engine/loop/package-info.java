/**
 * One event loop: a thread with a selector, timers and tasks, on which the races of non-blocking
 * channels run. The library has one for its connects, the agent another for the program's.
 *
 * <p>{@link io.heagent.engine.loop.EventLoop} is what others use: it takes tasks, timers and
 * channels and keeps a thread while there are any. {@code LoopThread} is what that thread does,
 * {@code Agenda} what is due and how long it may sleep, {@code TimerQueue} its timers, {@code
 * Selection} its selector with each {@code Watch} of a channel.
 *
 * <p>May import: {@code java.nio.channels}, {@code engine.time}.
 */
package io.heagent.engine.loop;
