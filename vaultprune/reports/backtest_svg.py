"""A backtest in, its two pictures out, as SVG that stands in a page and says in words what it shows."""

from __future__ import annotations

from collections.abc import Sequence

from vaultprune.backtest import Backtest, Bin, Window
from vaultprune.reports.backtest_figures import of_window
from vaultprune.reports.svg import label, picture, ticks_up_to
from vaultprune.words import count, day

WIDTH, HEIGHT = 720, 320
BOX = (WIDTH, HEIGHT)
LEFT, RIGHT, TOP, BOTTOM = 36, 12, 16, 60
NARROW = 48
"""Less room than this for a day has none for more than its year."""
SERIES = (
    ("suggested", "the suggested"),
    ("oldest", "of the oldest"),
    ("orphans", "without backlinks"),
    ("random", "at random"),
)
"""What is drawn for each day: the name of its class, which is that of the count, and what it is called."""


def over_time(backtest: Backtest) -> str:
    """For every day that counts how many notes were needed again, by who chose them: four bars side by side."""
    windows, series = backtest.counted, _series(backtest)
    most = max((_value(window, kind) for window in windows for kind, _ in series), default=0.0)
    ticks = ticks_up_to(most)
    top = ticks[-1]
    parts = _grid(ticks)
    slot = (WIDTH - LEFT - RIGHT) / max(1, len(windows))
    bar = min(26.0, slot * 0.8 / len(series))
    for place, window in enumerate(windows):
        middle = LEFT + slot * (place + 0.5)
        for number, (kind, _) in enumerate(series):
            x = middle + (number - len(series) / 2) * bar
            y = _y(_value(window, kind) / top)
            size = f'width="{bar * 0.92:.1f}" height="{_y(0) - y:.1f}"'
            parts.append(f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" {size}/>')
        labels = [*day(window.at.date()).rsplit(" ", 1), f"of {len(window.suggestions)}"]
        if slot < NARROW:
            labels = [f"{window.at.year % 100:02}"]
        for line, says_so in enumerate(labels):
            parts.append(label(middle, HEIGHT - BOTTOM + 18 + 15 * line, says_so, "middle"))
    says = " ".join(f"{day(window.at.date())}: {of_window(window)}." for window in windows)
    return picture("time", BOX, "Needed again within half a year, by the day and by who chose", says, parts)


def stated_against_observed(bins: Sequence[Bin]) -> str:
    """For notes of rising stated chance the share that was needed, with its interval; on the line the two agree."""
    most = max((max(each.stated, each.observed.high) for each in bins), default=0.0)
    ticks = ticks_up_to(max(most, 0.05) * 100)
    top = ticks[-1] / 100
    parts = _grid(ticks)
    parts.append(f'<line class="agree" x1="{LEFT}" y1="{_y(0):.1f}" x2="{_x(1):.1f}" y2="{_y(1):.1f}"/>')
    parts += [label(_x(tick / 100 / top), HEIGHT - BOTTOM + 18, f"{tick:g}", "middle") for tick in ticks]
    parts.append(label(_x(0.5), HEIGHT - BOTTOM + 38, "stated, in 100", "middle"))
    for each in bins:
        x, y = _x(each.stated / top), _y(each.observed.share / top)
        low, high = _y(each.observed.low / top), _y(each.observed.high / top)
        parts.append(f'<line class="within" x1="{x:.1f}" y1="{low:.1f}" x2="{x:.1f}" y2="{high:.1f}"/>')
        parts.append(f'<circle class="suggested" cx="{x:.1f}" cy="{y:.1f}" r="5"/>')
    says = " ".join(
        f"Of {count(each.notes, 'note')} with a stated chance of {each.stated * 100:.0f} in 100, {each.needed:,} were "
        f"needed: {each.observed.share * 100:.0f} in 100, by the interval {each.observed.low * 100:.0f} to "
        f"{each.observed.high * 100:.0f}."
        for each in bins
    )
    return picture("chances", BOX, "The chances stated, and how many notes were needed", says, parts)


def legend(backtest: Backtest) -> str:
    """What the colours of the bars mean, as a list that reads well without them."""
    return (
        '<ul class="legend">'
        + "".join(
            f'<li><span class="{kind}" aria-hidden="true"></span>{called}</li>' for kind, called in _series(backtest)
        )
        + "</ul>"
    )


def _series(backtest: Backtest) -> list[tuple[str, str]]:
    """Those that are known: the ledger cannot tell of all."""
    return [(kind, called) for kind, called in SERIES if getattr(backtest.needed, kind) is not None]


def _value(window: Window, kind: str) -> float:
    return float(getattr(window.needed, kind) or 0)


def _grid(ticks: Sequence[float]) -> list[str]:
    """A line across and a label for each tick."""
    parts: list[str] = []
    for tick in ticks:
        y = _y(tick / ticks[-1])
        parts.append(f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"/>')
        parts.append(label(LEFT - 6, y + 4, f"{tick:g}", "end"))
    return parts


def _x(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)
