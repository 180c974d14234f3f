/**
 * Time as the drivers see it: a clock and timers behind one small interface, so that tests can put
 * a virtual one in its place. And the daemon threads on which the engine's own work runs.
 *
 * <p>May import: {@code java.util.concurrent}; no other package of the engine.
 */
package io.heagent.engine.time;
