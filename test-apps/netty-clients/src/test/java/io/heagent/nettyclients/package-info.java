/**
 * Small programs as users write them, each around one real client on Netty's epoll transport. None
 * knows the agent or the test kit: port, hosts and timeouts are arguments, the outcomes are lines.
 */
package io.heagent.nettyclients;
