"""Counts in, how far the share behind them may lie from what was counted out."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

Z = 1.959964
"""Standard deviations on either side that hold 95 of 100."""


class Interval(NamedTuple):
    """A share, 0 to 1, and the bounds between which 95 % of such counts have the true one."""

    share: float
    low: float
    high: float


def share_within(found: float, of: float) -> Interval:
    """Wilson's interval for `found` among `of`; it holds for small counts and for none at all.

    It takes each of them for a case of its own. Notes that come up at several moments are not quite that, so the truth
    may lie a little further off.
    """
    if of <= 0:
        return Interval(0.0, 0.0, 1.0)
    share = found / of
    middle = (share + Z * Z / (2 * of)) / (1 + Z * Z / of)
    half = Z * sqrt(max(0.0, share * (1 - share)) / of + Z * Z / (4 * of * of)) / (1 + Z * Z / of)
    return Interval(share, max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)))


def apart(one: Interval, other: Interval) -> Interval:
    """The difference between two shares, `one` minus `other`, with Newcombe's interval made of the two."""
    difference = one.share - other.share
    low = difference - sqrt((one.share - one.low) ** 2 + (other.high - other.share) ** 2)
    high = difference + sqrt((one.high - one.share) ** 2 + (other.share - other.low) ** 2)
    return Interval(difference, max(-1.0, low), min(1.0, high))
