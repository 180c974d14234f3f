/**
 * Which methods of the JDK are woven, and how. {@code Hook} lists the methods. {@code
 * JdkClassFiles} reads the classes as the JDK ships them, {@code Weaver} puts the advice into them,
 * and {@code ClassChanges} brings the changed classes into the JVM. {@code LibraryWeaver} weaves
 * classes of a library in the same way. All this runs only where the jar has no patches for the JDK
 * at hand, and for Netty.
 *
 * <p>May import Byte Buddy, which beside this room only those of advice and {@code entrance} do.
 */
package io.heagent.agent.jdk.weaving;
