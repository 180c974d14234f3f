/**
 * Forked JVMs, the JDKs of this machine, their system calls, and what is taken away when this JVM
 * ends.
 */
package io.heagent.testkit.jvm;
