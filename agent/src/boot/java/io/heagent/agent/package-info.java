/**
 * The only classes of the agent that an application can see: the entry points that the JVM calls,
 * and the class loader that keeps all other classes of the agent out of the application's sight.
 * Java 8 bytecode; only classes of the JDK are used.
 */
package io.heagent.agent;
