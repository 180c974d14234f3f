/**
 * Real losses, delays, ICMP errors and DNS answers, in a network namespace that {@code
 * scripts/netns} makes.
 */
package io.heagent.it.network;
