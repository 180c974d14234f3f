/**
 * Connects of transports that bypass the JDK's sockets, raced as the JDK's channels are. A
 * transport (today Netty's epoll, in {@code agent.netty}) hands in its channel as a {@code
 * ForeignAdapter}; {@code ForeignSocket} makes a {@code ProgramSocket} of it and {@code
 * ForeignCalls} the system calls, so that {@code ChannelRace} runs unchanged.
 *
 * <p><b>Concurrency.</b> As in {@code connect.channel}; the adapter says on which thread its own
 * methods may be called.
 *
 * <p>May import {@code connect.admission}, {@code connect.attempt}, {@code connect.call}, {@code
 * connect.candidates}, {@code connect.channel}, {@code connect.socket}, the engine and the bridge.
 */
package io.heagent.agent.connect.foreign;
