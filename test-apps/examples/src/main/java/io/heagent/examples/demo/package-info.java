/** Unmodified programs against a host with a dead first address, with and without the agent. */
package io.heagent.examples.demo;
