/** The bridge as an agent has it, for tests that use the JDK's real sockets through it. */
package io.heagent.agent.connect.fake.bridge;
