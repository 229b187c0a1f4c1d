"""What was measured in; rows of Markdown tables out, each beside its target. Nothing here judges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise

from measure import Failed, Run, median

Rounds = list[Run | None]

TARGETS: dict[tuple[str, str], tuple[str, str]] = {
    ("links cold / read all", "hub"): ("<= 14", "<= 9"),
    ("links cold / read all", "help"): ("<= 18", "<= 11"),
    ("links cold / read all", "10k"): ("<= 25", "<= 13"),
    ("report warm / stat walk", "hub"): ("<= 8", "<= 5"),
    ("report warm / stat walk", "10k"): ("<= 8", "<= 5"),
    ("report warm, another day / stat walk", "hub"): ("<= 8", "<= 5"),
    ("report warm, another day / stat walk", "10k"): ("<= 8", "<= 5"),
    ("report warm, 1 % changed / stat walk", "100k"): ("<= 12", "<= 7"),
    ("report cold / links cold", "10k"): ("< 3", ""),
    ("obsidiantools / links cold", "1k"): (">= 60", ">= 110"),
    ("foam-cli / links cold", "10k"): (">= 15", ">= 30"),
    ("links cold / rumdl cold", "hub"): ("<= 1.0", "<= 0.6"),
    ("links cold / rumdl cold", "10k"): ("<= 1.0", "<= 0.6"),
    ("CPU exponent, links cold", "10k -> 100k"): ("<= 1.08", "<= 1.0"),
    ("peak, links cold", "100k"): ("<= 250 MiB", ""),
    ("peak, report cold", "100k"): ("<= 250 MiB", ""),
    ("peak, report warm", "100k"): ("<= 250 MiB", ""),
    ("peak, report warm, 1 % changed", "100k"): ("<= 250 MiB", ""),
    ("notes declined by the lexer", "hub"): ("<= 0.5 %", "<= 0.2 %"),
    ("notes declined by the lexer", "help"): ("<= 2 %", "<= 1 %"),
    ("notes declined by the lexer", "generated"): ("<= 4 %", "<= 3 %"),
}

RATIOS = (
    ("links cold", "read all"),
    ("links warm", "stat walk"),
    ("report cold", "read all"),
    ("report warm", "stat walk"),
    ("report warm, another day", "stat walk"),
    ("report warm, 1 % changed", "stat walk"),
    ("report cold", "links cold"),
    ("links json warm", "links warm"),
    ("obsidiantools", "links cold"),
    ("foam-cli", "links cold"),
    ("links cold", "rumdl cold"),
    ("links warm", "rumdl warm"),
)

SECONDS = (
    *("read all", "stat walk", "links cold", "links warm"),
    *("report cold", "report warm", "report warm, another day", "report warm, 1 % changed"),
)
CURVES = ("links cold", "links warm", "report cold", "report warm", "report warm, 1 % changed")
MILLION = 1_000_000
ENOUGH = 10_000  # below that the start-up hides the slope


@dataclass(slots=True)
class Measured:
    """One vault with everything that was run on it; the runs of one round stand at the same place of each list."""

    name: str
    folder: str
    generated: bool
    notes: int = 0
    size: int = 0
    runs: dict[str, Rounds] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    declined: float | None = None

    def record(self, command: str, outcome: Run | Failed | None) -> None:
        """Keep what a run gave; of a command that failed only the reason is kept, and it is not run again."""
        if isinstance(outcome, Failed):
            self.failed[command] = outcome.why
        self.runs.setdefault(command, []).append(outcome if isinstance(outcome, Run) else None)

    def good(self, command: str) -> list[Run]:
        """The runs of a command that ended well."""
        return [each for each in self.runs.get(command, ()) if each is not None]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `of` are the two medians in CPU seconds that a ratio was taken of, `spread` its extremes."""

    vault: str
    what: str
    figure: str
    value: float
    must: str = ""
    aim: str = ""
    of: str = ""
    spread: str = ""
    runs: int = 0


def pairs(first: Rounds, second: Rounds) -> list[tuple[Run, Run]]:
    """Those rounds in which both ended well."""
    return [(a, b) for a, b in zip(first, second, strict=False) if a is not None and b is not None]


def ratio_rows(vault: Measured) -> list[Row]:
    """Every ratio that can be taken on one vault: the median over rounds of A / B within a round."""
    rows = []
    for above, below in RATIOS:
        base = f"{below}, 1 % changed" if above.endswith("changed") else below
        both = [(a, b) for a, b in pairs(vault.runs.get(above, []), vault.runs.get(base, [])) if b.cpu > 0]
        if both:
            ratios = [a.cpu / b.cpu for a, b in both]
            of = f"{median([a.cpu for a, _ in both]):.3f} / {median([b.cpu for _, b in both]):.3f} s"
            rows.append(_row(vault.name, f"{above} / {below}", ratios, "{:.2f}", of))
    return rows


def scaling_rows(vaults: Sequence[Measured]) -> list[Row]:
    """CPU exponents and memory per note between neighbouring sizes of generated vaults; peaks; what a million costs."""
    sized = sorted((vault for vault in vaults if vault.generated and vault.notes), key=lambda vault: vault.notes)
    rows = []
    for small, large in pairwise(sized):
        span = f"{small.name} -> {large.name}"
        for command in CURVES:
            both = pairs(small.runs.get(command, []), large.runs.get(command, []))
            if not both or small.notes == large.notes:
                continue
            exponents = [math.log(b.cpu / a.cpu) / math.log(large.notes / small.notes) for a, b in both]
            slopes = [(b.peak - a.peak) / (large.notes - small.notes) / 1000 for a, b in both]
            rows.append(_row(span, f"CPU exponent, {command}", exponents, "{:.3f}"))
            rows.append(_row(span, f"peak memory per note, {command}", slopes, "{:.2f} kB"))
            if large is sized[-1] and large.notes >= ENOUGH:
                rows += _million(small, large, command, median(exponents), median(slopes))
    for vault in sized:
        for command in CURVES:
            if good := vault.good(command):
                rows.append(_row(vault.name, f"peak, {command}", [each.peak / 2**20 for each in good], "{:.0f} MiB"))
    return rows


def declined_rows(vaults: Sequence[Measured]) -> list[Row]:
    """The share of notes that the lexer leaves to the slower path."""
    rows = []
    for vault in vaults:
        if vault.declined is not None:
            must, aim = _target("notes declined by the lexer", "generated" if vault.generated else vault.name)
            what = "notes declined by the lexer"
            rows.append(Row(vault.name, what, f"{vault.declined:.2%}".replace("%", " %"), vault.declined, must, aim))
    return rows


def start_rows(start: Measured) -> list[Row]:
    """The calls that read no vault beside an empty Python."""
    rows = []
    for option in ("--version", "--help"):
        if both := [(a, b) for a, b in pairs(start.runs.get(option, []), start.runs.get("python", [])) if b.cpu > 0]:
            of = f"{median([a.cpu for a, _ in both]):.3f} / {median([b.cpu for _, b in both]):.3f} s"
            rows.append(_row("none", f"{option} / python -c pass", [a.cpu / b.cpu for a, b in both], "{:.2f}", of))
    return rows


def seconds_table(vaults: Sequence[Measured]) -> str:
    """CPU and wall seconds of each command on each vault, medians."""
    lines = [["vault", "notes", "MB", *(f"{command}, CPU s (wall s)" for command in SECONDS)]]
    for vault in vaults:
        cells = [vault.name, f"{vault.notes:,}", f"{vault.size / 1e6:.1f}"]
        for command in SECONDS:
            good = vault.good(command)
            wall = median([each.wall for each in good]) if good else 0.0
            cells.append(f"{median([each.cpu for each in good]):.3f} ({wall:.3f})" if good else "not measured")
        lines.append(cells)
    return _table(lines)


def rows_table(rows: Sequence[Row]) -> str:
    """One line per figure, its target beside it."""
    lines = [["vault", "what", "figure", "least to most", "medians", "rounds", "must", "aim"]]
    for row in rows:
        rounds = str(row.runs) if row.runs else ""
        lines.append([row.vault, row.what, row.figure, row.spread, row.of, rounds, row.must, row.aim])
    return _table(lines)


def as_json(vaults: Sequence[Measured], rows: Sequence[Row]) -> dict[str, object]:
    """Every run and every row, without the places of the vaults."""
    return {
        "vaults": [{key: each for key, each in asdict(vault).items() if key != "folder"} for vault in vaults],
        "rows": [asdict(row) for row in rows],
    }


def _million(small: Measured, large: Measured, command: str, exponent: float, slope: float) -> list[Row]:
    """Along the measured curve, or along the straight line through the two sizes where that is dearer."""
    least, most = (median([each.cpu for each in vault.good(command)]) for vault in (small, large))
    line = most + (most - least) / (large.notes - small.notes) * (MILLION - large.notes)
    seconds = max(line, most * (MILLION / large.notes) ** exponent)
    peak = median([each.peak for each in large.good(command)]) + slope * 1000 * (MILLION - large.notes)
    what = f"a million notes, {command} (extrapolated from {small.name} and {large.name})"
    return [
        Row("1M", what, f"{seconds:,.0f} s CPU", seconds),
        Row("1M", f"{what}, peak", f"{peak / 2**20:,.0f} MiB", peak / 2**20),
    ]


def _row(vault: str, what: str, values: Sequence[float], shape: str, of: str = "") -> Row:
    must, aim = _target(what, vault)
    spread = f"{shape.format(min(values))} to {shape.format(max(values))}" if len(values) > 1 else ""
    middle = median(values)
    return Row(vault, what, shape.format(middle), middle, must, aim, of, spread, len(values))


def _target(what: str, vault: str) -> tuple[str, str]:
    return TARGETS.get((what, vault.removeprefix("obsidian-")), ("", ""))


def _table(lines: Sequence[Sequence[str]]) -> str:
    head, *rest = [f"| {' | '.join(cells)} |" for cells in lines]
    return "\n".join([head, "|" + " --- |" * len(lines[0]), *rest])
