/**
 * Programs that the agent's behaviour tests run in forked JVMs, with and without the agent. They
 * know nothing of the agent; each prints one line of facts for each case, and the tests judge.
 */
package io.heagent.probes;
