/**
 * Measures the time of a connect on loopback, in JVMs that have compiled the code, and shows where
 * it goes.
 */
package io.heagent.bench.connect;
