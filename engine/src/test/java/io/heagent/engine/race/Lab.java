package io.heagent.engine.race;

import io.heagent.engine.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * A {@link StaggeredRace} on a virtual clock whose attempts wait until the test ends them. Events
 * are written down as {@code "<ms> <what>"}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the log tells what happened
final class Lab {
  final VirtualTime time = new VirtualTime();
  final List<String> log = new ArrayList<>();
  final List<AttemptContext<String>> contexts = new ArrayList<>();
  final List<String> discarded = new ArrayList<>();
  final StaggeredRace<String> race = new StaggeredRace<>(discarded::add, time);

  /** An attempt that records its start and its cancellation. */
  Attempt<String> waiting() {
    return context -> {
      say("start " + context.index());
      contexts.add(context);
      context.onCancel(() -> say("cancel " + context.index() + " " + context.cancelReason()));
    };
  }

  AttemptSource<String> sourceOf(int attempts) {
    return AttemptSource.of(IntStream.range(0, attempts).mapToObj(i -> waiting()).toList());
  }

  CompletableFuture<RaceResult<String>> start(int attempts) {
    return start(sourceOf(attempts), RaceOptions.defaults());
  }

  CompletableFuture<RaceResult<String>> start(AttemptSource<String> source, RaceOptions options) {
    CompletableFuture<RaceResult<String>> future = race.start(source, options);
    future.whenComplete(
        (result, failure) ->
            say(failure == null ? "" + result.end() : failure.getClass().getSimpleName()));
    return future;
  }

  void say(String what) {
    log.add(time.ms() + " " + what);
  }
}
