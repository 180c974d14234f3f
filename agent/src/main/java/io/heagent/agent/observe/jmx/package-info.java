/**
 * The MBean {@code io.heagent:type=Agent}: the counters as attributes, and what people may change
 * as operations. Nothing of this room is loaded in a JVM's first second of races; a program that
 * chooses its own MBeanServerBuilder or LogManager does not notice that it is there ({@code
 * docs/decisions/0009-the-mbean-waits-for-the-platform-server.md}). Imports {@code observe}, {@code
 * log}, the engine's {@code time}, and the module {@code java.management}.
 */
package io.heagent.agent.observe.jmx;
