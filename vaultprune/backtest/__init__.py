"""A vault's past in, what would have been suggested and what became of it out."""

from vaultprune.backtest.chances import Bin
from vaultprune.backtest.intervals import Interval, apart, share_within
from vaultprune.backtest.replay import replay
from vaultprune.backtest.values import FEWEST_DAYS, Backtest, Needed, Suggestion, Window
from vaultprune.backtest.watched import ripe, watched

__all__ = [
    "FEWEST_DAYS",
    "Backtest",
    "Bin",
    "Interval",
    "Needed",
    "Suggestion",
    "Window",
    "apart",
    "replay",
    "ripe",
    "share_within",
    "watched",
]
