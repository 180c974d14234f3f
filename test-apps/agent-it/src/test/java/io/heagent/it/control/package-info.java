/** The commands that reach into a running JVM: what they do to it, and what they print. */
package io.heagent.it.control;
