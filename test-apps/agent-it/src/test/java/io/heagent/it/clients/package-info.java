/**
 * Client libraries as users use them, against real servers. Programs around a library stand beside
 * the tests: what is in {@code src/main} needs the JDK only.
 */
package io.heagent.it.clients;
