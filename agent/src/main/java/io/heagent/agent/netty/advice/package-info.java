/**
 * The code that is woven into Netty: one static call of {@code java.nio.channels.HeNetty} each.
 * These classes are never loaded; Byte Buddy copies their code. May import Byte Buddy's annotations
 * and the bridge.
 */
package io.heagent.agent.netty.advice;
