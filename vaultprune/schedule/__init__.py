"""The weekly runs of a vault in, a log of how they ended out, which lies outside it."""
