/**
 * The only classes of the agent that an application can see: the entry points that the JVM calls,
 * and the class loader behind which everything else is kept. Java 8 bytecode, JDK classes only.
 */
package io.heagent.agent;
