/**
 * The commands that reach into other JVMs: {@code list}, {@code attach}, {@code status}, {@code
 * set}, {@code detach}. They run in a process of their own, and pass a request to the JVM by the
 * JDK's Attach API; room {@code control} answers it there.
 *
 * <p>May import {@code control}, {@code config}, the engine's {@code report} and {@code time}, the
 * module {@code jdk.attach} and the JDK.
 */
package io.heagent.agent.command;
