/**
 * Netty's native transports, which bypass the JDK's sockets. Channels of the epoll transport are
 * raced as the JDK's channels are, by the same races ({@code agent.connect}).
 *
 * <p><b>Weaving.</b> The JVM calls {@link io.heagent.agent.netty.NettyTransformer} for every class
 * that is loaded. It recognises Netty's classes by the end of their names, so that it also finds
 * copies under another name. Each copy is checked as a whole before any of its classes is woven
 * ({@code NettyCopy}, against {@code NettyShape}). A copy that is not as expected is left alone,
 * and one line is logged.
 *
 * <p><b>Path of a connect.</b> Everything but the close runs on the channel's event loop. {@code
 * NettyHook.onBegin} has the connect admitted. Then the race makes the native connect ({@code
 * NettySocket.dial}), and Netty is told that it is pending. At each event of the descriptor Netty
 * asks for the outcome, and so asks the race. While there is no outcome, Netty ignores the events.
 *
 * <p><b>Adoption.</b> The event loop decides which attempt has won, and puts its connection under
 * Netty's number, because on that thread no event of the number is being handled at that moment.
 * The old description is removed from the epoll descriptor before {@code dup2}, and the new one is
 * added after it with the events that Netty has asked for. The next event is that of the new
 * description.
 *
 * <p><b>Faults.</b> A hook that fails leaves Netty's own code to run, and gives its channel's race
 * up. Whatever fails, and for however long, Netty's event loop asks the channel for its outcome
 * ({@code agent.netty.channel} says how).
 *
 * <p><b>Locks.</b> The monitor of a {@code NettySocket} keeps its descriptor from being closed
 * while the race operates on it. It is taken inside the monitor of a race, and no other lock is
 * taken inside it.
 *
 * <p>May import its own rooms {@code channel} and {@code original}, {@code connect}, {@code
 * connect.foreign}, {@code config}, {@code jdk}, {@code jdk.weaving}, {@code log} and the bridge.
 */
package io.heagent.agent.netty;
