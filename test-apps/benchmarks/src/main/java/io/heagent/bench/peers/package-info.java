/** Sets the agent beside other programs that race, on a network of the benchmark's own. */
package io.heagent.bench.peers;
