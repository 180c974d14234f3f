package io.heagent.engine.resolve;

/**
 * Look-ups in a row, of which each is in one row at a time. Every change takes the same short time
 * however long the row is, and none can fail, not even for want of memory. Guarded as its owner
 * says.
 */
final class QueryRow {
  private CoalescedQuery first;
  private CoalescedQuery last;
  private int size;

  int size() {
    return size;
  }

  /** Null if there is none. */
  CoalescedQuery first() {
    return first;
  }

  void addLast(CoalescedQuery query) {
    query.row = this;
    query.before = last;
    query.after = null;
    if (last == null) {
      first = query;
    } else {
      last.after = query;
    }
    last = query;
    size++;
  }

  void addFirst(CoalescedQuery query) {
    query.row = this;
    query.before = null;
    query.after = first;
    if (first == null) {
      last = query;
    } else {
      first.before = query;
    }
    first = query;
    size++;
  }

  /** Does nothing if it is not in this row. */
  void remove(CoalescedQuery query) {
    if (query.row != this) {
      return;
    }
    if (query.before == null) {
      first = query.after;
    } else {
      query.before.after = query.after;
    }
    if (query.after == null) {
      last = query.before;
    } else {
      query.after.before = query.before;
    }
    query.row = null;
    query.before = null;
    query.after = null;
    size--;
  }
}
