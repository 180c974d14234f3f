/**
 * Small programs as users write them, each around one real client. None knows the agent or the test
 * kit: host, port and timeout are arguments, the outcome is one line, and the exit code is 0 or 1.
 * Those that need nothing but the JDK are in {@code jdk}.
 */
package io.heagent.examples;
