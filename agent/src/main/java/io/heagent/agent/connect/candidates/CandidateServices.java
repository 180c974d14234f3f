package io.heagent.agent.connect.candidates;

import io.heagent.engine.coordination.RefusalStreaks;
import io.heagent.engine.resolve.shared.LookupSource;

/**
 * What all connects of this JVM share to find the addresses that they may dial. Immutable; its
 * parts are for any thread.
 *
 * @param guard keeps more private siblings out
 * @param nat64 what reaches IPv4 from a host with IPv6 only; null where the settings switch it off
 * @param refusals names that refuse all connects without a pause
 * @param lookups looks up siblings that are not known
 */
public record CandidateServices(
    SiblingGuard guard, Nat64Access nat64, RefusalStreaks refusals, LookupSource lookups) {}
