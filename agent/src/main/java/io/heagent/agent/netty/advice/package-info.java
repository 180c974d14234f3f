/**
 * What is woven into Netty: one static call of {@code java.nio.channels.HeNetty} each. The classes
 * are never loaded, only their code is copied.
 */
package io.heagent.agent.netty.advice;
