/**
 * Connects that do not block, in every way a program can make them: polled, selected, asynchronous.
 */
package io.heagent.it.channel;
