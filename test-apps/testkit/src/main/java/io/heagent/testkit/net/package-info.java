/**
 * Hosts without a network: dead, refusing and crowded addresses on loopback, names without DNS, and
 * the hosts of the network namespace that {@code scripts/netns} makes.
 */
package io.heagent.testkit.net;
