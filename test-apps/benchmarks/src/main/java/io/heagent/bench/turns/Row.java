package io.heagent.bench.turns;

import io.heagent.bench.Samples;
import io.heagent.bench.measured.ConnectBatches.Way;
import java.util.List;

/**
 * What is set side by side: connects of one way, of several JVMs or to several hosts.
 *
 * @param lanes the first is the one that the others are compared with
 */
public record Row(String label, Way way, List<Lane> lanes) {

  /**
   * One of them.
   *
   * @param series what it is called in the figures
   * @param jvm the place of the JVM that connects
   * @param median of each round: of the first lane its median; of another one this lane's ratio to
   *     the first, which is the median of the ratios of the batches that followed each other
   */
  public record Lane(String series, int jvm, String host, Samples median) {
    public Lane(String series, int jvm, String host) {
      this(series, jvm, host, new Samples());
    }
  }

  public Row {
    lanes = List.copyOf(lanes);
  }

  /**
   * The microseconds of a lane: those of the first, times the lane's ratios to it. So the ratio of
   * the medians is the median of the ratios, and a machine that is slower in one round than in
   * another shows as a spread of the first lane only.
   */
  public Samples micros(int lane) {
    Samples first = lanes.get(0).median();
    return lane == 0 ? first : lanes.get(lane).median().times(first.median());
  }
}
