/** Blocking connects in every way that the JDK has: what the program sees of them. */
package io.heagent.it.blocking;
