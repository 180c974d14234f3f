/** Programs that run inside the containers of the container tests: a server, and clients of it. */
package io.heagent.probes.containers;
