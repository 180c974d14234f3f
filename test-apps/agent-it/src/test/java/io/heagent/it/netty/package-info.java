/** Netty's native epoll transport, unmodified, raced. The probes run with a Netty of their own. */
package io.heagent.it.netty;
