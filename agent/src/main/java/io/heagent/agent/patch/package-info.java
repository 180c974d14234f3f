/**
 * Pure: what Byte Buddy makes of the JDK's classes, kept as patches of their exact bytes. A patch
 * is made when the agent is built, or by its command {@code prepare}, and applied at start, when
 * Byte Buddy itself is not even loaded. What is applied uses no collection, no lambda and no
 * stream: it runs before the program's main.
 */
package io.heagent.agent.patch;
