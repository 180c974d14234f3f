/**
 * What a race does to one channel of Netty's: calls of Netty's methods ({@code NettyMethods}), its
 * registration with an event loop ({@code Registration}), the connect on its own descriptor ({@code
 * OwnConnect}) and tasks on its event loop ({@code EventLoopTasks}).
 *
 * <p><b>Faults.</b> A step that fails is done again a few times. What still fails then gives the
 * race up, and Netty's event loop asks the channel for its own outcome. Two calls lead to that, the
 * agent's own of epoll_ctl(2) and Netty's, so that the program is told although one of them fails
 * for ever. While both fail, they are tried again until Netty's own timeout ends the connect.
 *
 * <p>May import {@code agent.log} and the bridge. The monitor of the channel's {@code NettySocket}
 * guards what its class says is guarded; no lock is taken here.
 */
package io.heagent.agent.netty.channel;
