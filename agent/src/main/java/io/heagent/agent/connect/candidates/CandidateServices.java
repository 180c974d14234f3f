package io.heagent.agent.connect.candidates;

import io.heagent.agent.connect.call.RacingClients;
import io.heagent.engine.coordination.RefusalStreaks;
import io.heagent.engine.resolve.shared.LookupSource;

/**
 * The objects by which all connects of this JVM find the addresses that they may dial. Immutable;
 * any thread may use the objects.
 *
 * @param guard keeps more private siblings out
 * @param nat64 reaches IPv4 from a host with IPv6 only; null if the settings switch it off
 * @param refusals knows the names that refuse all connects of a program without a pause
 * @param racers recognises clients that race by themselves
 * @param lookups looks up siblings that are not known
 */
public record CandidateServices(
    SiblingGuard guard,
    Nat64Access nat64,
    RefusalStreaks refusals,
    RacingClients racers,
    LookupSource lookups) {}
