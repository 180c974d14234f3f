/**
 * Pure: what Byte Buddy makes of the JDK's classes, stored as patches of their exact bytes. The
 * patches are made when the agent is built, or by its command {@code prepare}. A start applies
 * them, and then need not load Byte Buddy. The code that applies them uses no collection, no lambda
 * and no stream, because it runs before the program's main. May import the JDK only.
 */
package io.heagent.agent.patch;
