"""How much work something is, without a clock: how many functions are called, generators resumed among them."""

import sys


def calls(work):
    """How many calls some work makes."""
    count = 0

    def note(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def growth(work, size):
    """How many times as much work twice the size is."""
    return calls(lambda: work(2 * size)) / calls(lambda: work(size))
