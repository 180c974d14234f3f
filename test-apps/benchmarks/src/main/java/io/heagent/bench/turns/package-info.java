/**
 * Measures what several JVMs do in turn, one short batch after the other: what the machine does
 * meanwhile then meets all of them alike. Knows how to measure, not what.
 */
package io.heagent.bench.turns;
