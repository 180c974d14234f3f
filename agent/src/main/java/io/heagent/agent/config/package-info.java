/**
 * Settings: the one grammar for agent arguments and file, properties and environment, their order
 * of precedence, and the error texts. Imports {@code log} and the JDK only; parsing does no look-up
 * and opens nothing but the file that {@code config=} names.
 */
package io.heagent.agent.config;
