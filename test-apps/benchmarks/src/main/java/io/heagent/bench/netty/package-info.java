/** Measures what a request on Netty's epoll transport costs. */
package io.heagent.bench.netty;
