/**
 * The agent where services run: in containers, with Docker's DNS. Needs a Docker engine, which
 * {@code scripts/docker-engine} starts; skipped where none answers. The programs in {@code
 * src/main} run inside the containers.
 */
package io.heagent.it.containers;
