/**
 * The selects and selectors of the program. {@code SelectionOperation} follows one {@code select}
 * of the program on its thread, so that no event of a finished race is lost or given twice. {@code
 * Selectors} is what races ask of the JVM's selectors, or of made-up ones in tests.
 *
 * <p>May import the bridge and the JDK.
 */
package io.heagent.agent.connect.selection;
