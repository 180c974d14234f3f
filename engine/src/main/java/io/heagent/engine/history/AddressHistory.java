package io.heagent.engine.history;

/**
 * What is known of one address of one host and port; a snapshot.
 *
 * @param smoothedNanos smoothed connect time (RFC 6298's SRTT), -1 if it never answered
 * @param variationNanos its variation (RFC 6298's RTTVAR), -1 likewise
 * @param sinceSuccessNanos how long ago it answered last, -1 likewise
 * @param sinceFailureNanos how long ago it failed last, -1 if it never did
 * @param lastFailure the kind of that failure, null likewise
 * @param failures how often it has failed since it answered last; attempts under way at the same
 *     time count once
 * @param suspect whether it goes behind its siblings at present
 */
public record AddressHistory(
    long smoothedNanos,
    long variationNanos,
    long sinceSuccessNanos,
    long sinceFailureNanos,
    FailureKind lastFailure,
    int failures,
    boolean suspect) {}
