/** Servers on loopback for tests of real connects, and a count of what those leave open. */
package io.heagent.engine.net.real;
