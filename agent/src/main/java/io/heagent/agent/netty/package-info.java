/**
 * Netty's native transports, which pass the JDK's sockets by: channels of its epoll transport are
 * raced as the JDK's channels are, by the same races ({@code agent.connect}).
 *
 * <p><b>Weaving.</b> {@link io.heagent.agent.netty.NettyTransformer} sees every class that is
 * loaded, and knows Netty's by the end of their names, so that copies under another name are found
 * too. Each copy is looked at as a whole before any class of it is woven ({@code NettyCopy}); one
 * that is not as expected is left alone, with one line.
 *
 * <p><b>Path of a connect.</b> All but the close runs on the channel's event loop. {@code
 * NettyHook.onBegin} has the connect admitted; the native connect is then made by the race ({@code
 * NettySocket.dial}), and Netty is told that it is pending. Each event of the descriptor has Netty
 * ask for the outcome, and so the race. While there is none, events say nothing.
 *
 * <p><b>Adoption.</b> Which side has won is decided, and its connection put under Netty's number,
 * on the event loop: nobody is in the midst of an event of the number there. The old description is
 * taken out of the epoll descriptor before {@code dup2} and the new one put in after it, with the
 * events that Netty has asked for; the next event is the new description's.
 *
 * <p><b>Locks.</b> The monitor of a {@code NettySocket} guards its descriptor against being closed
 * while something is done to it. It is taken inside the monitor of a race, and nothing is taken
 * inside it.
 */
package io.heagent.agent.netty;
