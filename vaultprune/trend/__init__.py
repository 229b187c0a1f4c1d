"""A vault's past in, how many notes it held at regular moments and what was done with them in between out."""

from vaultprune.trend.committed import committed
from vaultprune.trend.looked_at import looked_at, reaches_back
from vaultprune.trend.values import LATELY, Change, Moment, Trend

__all__ = ["LATELY", "Change", "Moment", "Trend", "committed", "looked_at", "reaches_back"]
