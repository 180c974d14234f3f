/**
 * Channels of Netty's epoll transport that are closed while they are raced, beside strangers that
 * are given their descriptors' numbers.
 */
package io.heagent.it.netty.hostile;
