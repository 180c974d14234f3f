/**
 * Operations on sockets: on the program's, behind {@code ProgramSocket}, and on those beside it
 * that dial its siblings.
 *
 * <p>{@code SystemCalls} is what races ask of the system. It carries out and decides nothing, so
 * tests replace it by a simulated network with its own time. {@code FallbackSocket} is a socket
 * beside the program's, {@code FallbackChannel} the one that uses the JDK's channels. {@code
 * Adoption} puts a winner's connection under the program's descriptor.
 *
 * <p><b>Options.</b> {@code OptionTransfer} carries the options of the program's socket over to a
 * fallback socket. It carries an option if some socket of this JVM was ever given it ({@code
 * OptionsInUse}, which a hook tells) and its value differs from a new socket's ({@code
 * OptionDefaults}), and options that native code may have set without Java ({@code NativeOption}).
 * {@code SharedPort} binds a socket to the port of a bound one.
 *
 * <p><b>Concurrency.</b> The only lock taken is the JDK's own on the program's socket, by {@code
 * ProgramSocket.ifConnecting}: during adoption and while a port is shared. Inside it only those
 * locks are taken that the JDK itself takes there. A socket beside the program's has one owner at a
 * time, who closes it exactly once, also after its connection was duplicated.
 *
 * <p>May import {@code connect.call}, {@code log} and the bridge.
 */
package io.heagent.agent.connect.socket;
