package io.heagent.engine.resolve;

/**
 * Look-ups in a row, of which each is in one row at a time. Every change takes the same short time
 * however long the row is, and none can fail, not even for want of memory. Guarded as its owner
 * says.
 */
final class FlightLine {
  private Flight first;
  private Flight last;
  private int size;

  int size() {
    return size;
  }

  /** Null if there is none. */
  Flight first() {
    return first;
  }

  void addLast(Flight flight) {
    flight.line = this;
    flight.before = last;
    flight.after = null;
    if (last == null) {
      first = flight;
    } else {
      last.after = flight;
    }
    last = flight;
    size++;
  }

  void addFirst(Flight flight) {
    flight.line = this;
    flight.before = null;
    flight.after = first;
    if (first == null) {
      last = flight;
    } else {
      first.before = flight;
    }
    first = flight;
    size++;
  }

  /** Does nothing if it is not in this row. */
  void remove(Flight flight) {
    if (flight.line != this) {
      return;
    }
    if (flight.before == null) {
      first = flight.after;
    } else {
      flight.before.after = flight.after;
    }
    if (flight.after == null) {
      last = flight.before;
    } else {
      flight.after.before = flight.before;
    }
    flight.line = null;
    flight.before = null;
    flight.after = null;
    size--;
  }
}
