/** Measures the time of a connect on loopback, in JVMs that have compiled the code. */
package io.heagent.bench.connect;
