/**
 * Programs that run {@code NettyProbe} in JVMs where the copy of Netty is a special one: it is in
 * another class loader, was loaded before the agent, or stays after the agent has left.
 */
package io.heagent.it.netty.copies;
