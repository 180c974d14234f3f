package io.heagent.probes;

/** Connects again and again where the first address answers. Arguments: port, way, how often. */
public final class FastPathProbe {
  private FastPathProbe() {}

  public static void main(String[] args) {
    int connects = Integer.parseInt(args[2]);
    for (int i = 0; i < connects; i++) {
      MatrixProbe.connect(
              "connect " + i,
              Way.valueOf(args[1]),
              Scenario.GOOD_FIRST,
              Integer.parseInt(args[0]),
              MatrixProbe.PATIENT_MILLIS)
          .print();
    }
  }
}
