/**
 * The class files that classes of Netty had before their hooks, and the way back to them. Imports
 * the JDK only.
 */
package io.heagent.agent.netty.original;
