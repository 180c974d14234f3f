/**
 * Building blocks of the lab: dead, refusing and good hosts on loopback, names without DNS, forked
 * JVMs. Needs nothing but the JDK, so that any module's tests can use it.
 */
package io.heagent.lab;
