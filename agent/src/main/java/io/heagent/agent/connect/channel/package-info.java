/**
 * The race of a channel that does not block, and of an asynchronous one.
 *
 * <p><b>The happy path first.</b> The first attempt rides on the program's own descriptor ({@code
 * PrimaryDescriptor}), armed in the program's selector or group as without the agent. {@code
 * ChannelRace} holds the channel back only once that attempt has failed, and siblings run on the
 * loop from the delay or the failure on ({@code ChannelFallback}). The other way, everything on the
 * loop and a winner handed over, costs two hops between threads and a {@code dup2} for each
 * connect: on loopback a multiple of the whole connect, as was measured when this was chosen
 * ({@code scripts/bench connect}; README has today's figures).
 *
 * <p>{@code ChannelRaceState} is how far a race is, {@code ChannelCourse} what is done next, {@code
 * OutcomeDelivery} how the program is told, {@code ChannelBooks} what is noted of it afterwards.
 * {@code LoopDriver} has the ways back in from the loop. {@code ChannelRaceRegistry} knows the
 * channels that selectors have to be asked about; {@code ChannelEnvironment} is what these races
 * share.
 *
 * <p><b>Crowds.</b> Thousands of channels that begin at once have their siblings due at once. Where
 * the loop has many timers under way, a race makes ready at half the delay what its next attempt
 * needs, its {@code FallbackSocket} too, so that at the delay little more than connect and dup2 is
 * left to do; {@code DescriptorHeadroom} keeps that from taking descriptors which the program may
 * need. With few connects nothing is made before it is needed.
 *
 * <p><b>Concurrency.</b> A race is shared by the program's threads and the loop: all of it is
 * guarded by the monitor of its {@code ChannelRace}; what is taken inside is said at {@code
 * OutcomeDelivery} and {@code ChannelRaceRegistry}.
 *
 * <p>May import {@code connect.attempt}, {@code connect.candidates}, {@code connect.call}, {@code
 * connect.selection}, {@code connect.socket}, {@code config}, {@code log}, the engine and the
 * bridge's hook; not {@code connect.blocking}.
 */
package io.heagent.agent.connect.channel;
