/**
 * What a race asks of one channel of Netty's and does to it: what it is ({@code ChannelFacts}),
 * calls of Netty's methods ({@code NettyMethods}), its registration with an event loop ({@code
 * Registration}), the connect on its own descriptor ({@code OwnConnect}), tasks on its event loop
 * ({@code EventLoopTasks}), and how the event loop comes to ask for the outcome ({@code
 * OutcomeRequest}).
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
