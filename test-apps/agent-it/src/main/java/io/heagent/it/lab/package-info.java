/**
 * What all tests of the packaged agent share: the hosts of the lab, forked JVMs with and without
 * the agent, and the facts that a probe prints and a test compares. A probe, in any of these
 * packages, runs in a JVM of its own and knows nothing of the agent.
 */
package io.heagent.it.lab;
