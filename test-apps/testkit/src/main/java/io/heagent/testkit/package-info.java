/**
 * Servers that tests, demo and benchmarks talk to. The whole module needs nothing but the JDK, so
 * that anything may use it.
 */
package io.heagent.testkit;
