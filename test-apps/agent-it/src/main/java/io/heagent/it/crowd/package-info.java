/** Thousands of connects at a time: on platform threads, virtual threads and selectors. */
package io.heagent.it.crowd;
