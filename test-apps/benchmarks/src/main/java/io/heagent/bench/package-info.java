/** Measures what the agent costs. */
package io.heagent.bench;
