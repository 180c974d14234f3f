/** What runs inside the JVMs that are measured. It knows nothing of the agent. */
package io.heagent.bench.measured;
