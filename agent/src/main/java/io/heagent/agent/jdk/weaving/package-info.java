/**
 * Which methods of the JDK are woven, and how: its class files as it ships them, the advice put
 * into them, and the changed classes brought into the JVM. Classes of a library are woven by their
 * class files in the same way.
 *
 * <p>May import Byte Buddy, which only the rooms of advice import beside it.
 */
package io.heagent.agent.jdk.weaving;
