/**
 * Real clients on native transports, unmodified, with and without the agent. Their programs are in
 * module netty-clients, and run in JVMs with libraries of their own.
 */
package io.heagent.it.transports;
