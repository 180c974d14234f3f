/**
 * The events for the JDK's flight recorder: {@code heagent.Race}, {@code heagent.Attempt}, {@code
 * heagent.Lookup} and {@code heagent.LeftAlone}. Nothing of this room is loaded before the JVM has
 * a flight recorder: to load a class of an event makes one. Imports {@code observe}, {@code log},
 * the engine's {@code core} and {@code address}, and the module {@code jdk.jfr}.
 */
package io.heagent.agent.observe.jfr;
