/**
 * What was measured, as a CSV file, and the plots and tables that are made of it. Imports nothing
 * of the benchmarks, which only hand in their figures.
 */
package io.heagent.bench.figures;
