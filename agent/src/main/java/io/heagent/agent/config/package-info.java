/**
 * Settings: the one grammar for agent arguments, file, properties and environment, their order of
 * precedence, and the error messages. Imports {@code rule}, {@code file}, {@code log} and the JDK
 * only. Reading settings makes no look-up, and opens no file but the one that {@code config=}
 * names.
 */
package io.heagent.agent.config;
