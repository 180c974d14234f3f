/** Measures what the agent costs a JVM whether it connects or not: time and memory. */
package io.heagent.bench.startup;
