package io.heagent.engine.resolve;

/**
 * A linked list of look-ups whose links are in the look-ups themselves, so that each look-up is in
 * one row at a time. Every change takes constant time and needs no memory, so it cannot fail. The
 * lock of its {@link LookupPool} guards it.
 */
final class QueryRow {
  private CoalescedQuery first;
  private CoalescedQuery last;
  private int size;

  int size() {
    return size;
  }

  /** The first look-up; null if the row is empty. */
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

  /** Removes a look-up; does nothing if it is not in this row. */
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
