/**
 * The one room that knows the JDK's insides: which methods are woven and how, what they rely on,
 * how the bridge gets into java.base. Beside it only {@code src/bridge}, which is that bridge.
 *
 * <p>May import Byte Buddy, {@code sun.nio.ch.He*} and {@code log}; nobody else imports Byte Buddy.
 */
package io.heagent.agent.jdk;
