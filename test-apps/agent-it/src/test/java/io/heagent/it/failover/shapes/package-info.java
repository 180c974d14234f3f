/**
 * Programs whose connects the agent once took for a walk over the addresses of a name, though they
 * were none: pools, health checkers, retries, clients beside a client that races by itself. Each
 * runs over names of its own, in one forked JVM.
 */
package io.heagent.it.failover.shapes;
