/**
 * Programs with a mind of their own: they try the addresses of a name in turn by themselves,
 * connect in a loop, or mean exactly one machine.
 */
package io.heagent.it.failover;
