package io.heagent.agent.connect.admission;

import io.heagent.agent.config.rule.RaceRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A target that {@link TargetFilter} has let pass. Immutable.
 *
 * @param address the address that the program connects to
 * @param host the name by which the address was looked up, or the literal if it has no name
 * @param rule how connects to this host and port are raced
 * @param known all addresses of the name; not to be changed. Null if only a look-up can tell them,
 *     and for a name that is not resolved
 */
@SuppressWarnings("ArrayRecordComponent") // It is compared with nothing and never printed.
public record RaceableTarget(
    InetSocketAddress address, String host, RaceRule rule, InetAddress[] known) {}
