/**
 * The agent where services run: in containers, with Docker's DNS. Needs a Docker engine, which
 * {@code scripts/docker-engine} starts; skipped where none answers.
 */
package io.heagent.containers;
