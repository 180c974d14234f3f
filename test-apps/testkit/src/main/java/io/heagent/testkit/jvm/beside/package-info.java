/**
 * What people run beside the agent: other agents, and programs that have a LogManager and an
 * MBeanServerBuilder of their own.
 */
package io.heagent.testkit.jvm.beside;
