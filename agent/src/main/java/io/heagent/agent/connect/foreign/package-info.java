/**
 * Connects of transports that bypass the JDK's sockets; they are raced as the JDK's channels are. A
 * transport (today Netty's epoll, in {@code agent.netty}) passes its channel in as a {@code
 * ForeignSocket}; {@code ForeignAdapter} makes a {@code ProgramSocket} of it, so that {@code
 * ChannelRace} runs unchanged. {@code ForeignConnect} is one such connect.
 *
 * <p><b>Concurrency.</b> As in {@code connect.channel}; {@code ForeignSocket} says on which thread
 * its methods may be called.
 *
 * <p>May import {@code connect.admission}, {@code connect.call}, {@code connect.candidates}, {@code
 * connect.channel} and the bridge.
 */
package io.heagent.agent.connect.foreign;
