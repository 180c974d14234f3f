/**
 * Socket options, local addresses and ports: what a program has set on its socket holds for the
 * socket that wins.
 */
package io.heagent.it.options;
