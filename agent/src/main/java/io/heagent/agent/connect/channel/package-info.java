/**
 * The race of a channel that is non-blocking or asynchronous.
 *
 * <p><b>The first attempt uses the program's descriptor.</b> The race dials the first address on
 * the program's own descriptor ({@code PrimaryDescriptor}), which stays registered in the program's
 * selector or group as it would without the agent. {@code ChannelRace} holds the channel back only
 * once that attempt has failed; the loop dials siblings when the delay has ended or the attempt has
 * failed ({@code ChannelFallback}). The alternative, to run all attempts on the loop and hand a
 * winner over, costs each connect two switches between threads and a {@code dup2}: on loopback
 * several times as much as the whole connect, as was measured when this was chosen ({@code
 * scripts/bench connect}; README has today's figures).
 *
 * <p>{@code ChannelRaceState} is the phase of a race, {@code ChannelCourse} decides the next step,
 * {@code OutcomeDelivery} tells the program, {@code ChannelBooks} records what has happened. {@code
 * LoopDriver} has the ways back in from the loop. {@code ChannelRaceRegistry} knows the channels
 * that selectors must ask about; {@code ChannelEnvironment} is what these races share.
 *
 * <p><b>Crowds.</b> If thousands of channels begin at once, their siblings are due at once. When
 * many of the loop's timers are pending, a race prepares its next attempt, with its {@code
 * FallbackSocket}, at half the delay, so that at the delay it need do little more than connect and
 * dup2. {@code DescriptorHeadroom} keeps that from taking descriptors that the program may need.
 * With few connects nothing is made before it is needed.
 *
 * <p><b>Concurrency.</b> The program's threads and the loop share a race; the monitor of its {@code
 * ChannelRace} guards all of it. {@code OutcomeDelivery} and {@code ChannelRaceRegistry} say which
 * locks are taken inside.
 *
 * <p>May import {@code connect.attempt}, {@code connect.candidates}, {@code connect.call}, {@code
 * connect.selection}, {@code connect.socket}, {@code config.rule}, {@code log}, the engine and the
 * bridge's hook; not {@code connect.blocking}.
 */
package io.heagent.agent.connect.channel;
