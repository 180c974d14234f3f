/**
 * How the agent gets into a JVM: it checks what the JDK has, defines the bridge inside java.base,
 * and installs the hooks. The room {@code weaving} below it says which methods are woven and how;
 * {@code advice} has the code that is woven into them. Beside these, only the bridge in {@code
 * src/bridge} knows internals of the JDK.
 *
 * <p>At a start on a JDK that has patches ({@code agent.patch}), {@code Installation} calls {@code
 * ThisBuild} and {@code PatchedClasses}, comes in by the room {@code entrance}, and loads nothing
 * else of this room, and of the bridge three classes. On any other JDK it calls {@code
 * WeavingInstallation}.
 *
 * <p>May import {@code entrance}, {@code weaving}, {@code patch}, {@code log} and {@code
 * sun.nio.ch.He*}.
 */
package io.heagent.agent.jdk;
