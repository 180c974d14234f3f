/**
 * What tests of the connect rooms put in place of the kernel, the JDK and the program: a network on
 * a virtual clock, sockets and an event loop that use it, and ready-made calls and histories. Times
 * are virtual, so that a test can state them to the millisecond.
 */
package io.heagent.agent.connect.fake;
