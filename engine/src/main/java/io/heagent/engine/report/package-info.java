/**
 * What a failed race tells the program: an exception of the JDK's own type, and a message that
 * names every address with its outcome. The library and the agent use the same words.
 *
 * <p>May import: {@code engine.core} (outcomes), {@code engine.address} (text of addresses), {@code
 * java.net}.
 */
package io.heagent.engine.report;
