/**
 * What steers a running agent from outside: changed rules, a forgotten history. It runs in the JVM
 * of the program, and none of it is loaded before somebody asks for it.
 *
 * <p>May import {@code config}, {@code connect}, {@code connect.selection}, {@code observe}, {@code
 * log} and the engine's {@code time}.
 */
package io.heagent.agent.control;
