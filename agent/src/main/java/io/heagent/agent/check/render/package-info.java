/**
 * Renders what a check has found out as text for a terminal, as a picture (SVG) and as JSON. Each
 * renderer is a function of the values of {@code agent.check.result}: no clock, no terminal, no
 * file.
 *
 * <p>Pure. May import: {@code agent.check.result}, {@code engine.address}, {@code engine.core}, and
 * the JDK.
 */
package io.heagent.agent.check.render;
