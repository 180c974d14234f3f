/**
 * What is done to sockets: the program's, behind {@code ProgramSocket}, and those beside it that
 * dial its siblings.
 *
 * <p>{@code SystemCalls} is what races ask of the system. It carries out and decides nothing, so
 * tests put a network and a time of their own in its place. {@code FallbackSocket} is a socket
 * beside the program's, {@code FallbackChannel} the JDK's. {@code Adoption} puts a winner's
 * connection under the program's descriptor.
 *
 * <p><b>Options.</b> {@code OptionTransfer} carries those of the program's socket over: only what
 * some socket of this JVM was ever given ({@code OptionsInUse}, told by a hook) and differs from a
 * new socket's ({@code OptionDefaults}), and what native code may have set past Java ({@code
 * NativeOption}). {@code SharedPort} binds a socket to the port of a bound one.
 *
 * <p><b>Concurrency.</b> The only lock taken is the JDK's own on the program's socket, by {@code
 * ProgramSocket.ifConnecting}: during adoption and while a port is shared, with nothing taken
 * inside it but what the JDK itself takes there. A socket beside the program's has one owner at a
 * time, who closes it exactly once, also after its connection was duplicated.
 */
package io.heagent.agent.connect.socket;
