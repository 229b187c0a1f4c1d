"""The parts of a page in, one file for a browser out: without network or script, light or dark as its reader is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from vaultprune.reports.page import Command
from vaultprune.words import GLUE

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Nothing is fetched and nothing is run, whatever a name in the vault may hold."""

STYLE = """
:root { color-scheme: light dark; --ink: #1c1c1c; --paper: #fdfcfa; --faint: #d8d4cc; --quiet: #5c5850;
  --mark: #1f5fa8; --warm: #c26a1b; --green: #6f8f3f; --grey: #9a948a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e6e1; --paper: #1b1b1a; --faint: #45433f; --quiet: #aaa59b;
  --mark: #7db3ee; --warm: #eba25b; --green: #a9c77a; --grey: #85807a; } }
body { margin: 0 auto; max-width: 48rem; padding: 1.5rem 1rem 3rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
h1, h2, p, li, dd, summary, code { overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.15rem; margin-top: 2rem; }
a { color: var(--mark); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; }
dl.rows { display: grid; grid-template-columns: minmax(min-content, max-content) 1fr; gap: .15rem 1rem; }
dl.rows dd { margin: 0; }
svg { width: 100%; height: auto; }
svg text { fill: var(--quiet); font-size: 12px; font-family: inherit; }
.grid { stroke: var(--faint); }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
tbody th, td.number { white-space: nowrap; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--faint); vertical-align: top; }
td.number, th.number { text-align: right; } .quiet, figcaption { color: var(--quiet); } figure { margin: 1rem 0; }
ol.notes > li { margin-bottom: .6rem; } ol.notes > li > b { display: block; }
@media (max-width: 32rem) { dl.rows { display: block; } dl.rows dd { margin-bottom: .5rem; } }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } dl.next { display: none; } }
"""


def document(title: str, parts: Iterable[str], style: str = "") -> str:
    """The page: its title as a heading, then its parts; `style` is what this page has beside the common style."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{text(title)}</title>\n<style>{STYLE}{style}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join([f"<h1>{text(title)}</h1>", *parts])
        + "\n</main>\n</body>\n</html>\n"
    )


def text(says: str) -> str:
    """A text that was made safe, as it may stand between tags; where a line must not break, it does not."""
    return escape(says, quote=False).replace(GLUE, "\u00a0")


def said(sentences: Iterable[str | None]) -> list[str]:
    """A paragraph for each sentence that there is."""
    return [f"<p>{text(says)}</p>" for says in sentences if says]


def section(says: str) -> str:
    """The heading of a section."""
    return f"<h2>{text(says)}</h2>"


def labelled(pairs: Sequence[tuple[str, str]], kind: str = "") -> str:
    """Labels with a text beside each; nothing where there are none."""
    if not pairs:
        return ""
    terms = "".join(f"<dt>{text(label)}</dt><dd>{text(says)}</dd>" for label, says in pairs)
    return f'<dl class="{f"rows {kind}".strip()}">{terms}</dl>'


def commands(every: Sequence[tuple[str, Command]]) -> str:
    """What to do next, as commands to copy."""
    terms = "".join(f"<dt>{text(label)}</dt><dd><code>{text(' '.join(words))}</code></dd>" for label, words in every)
    return f'<dl class="rows next">{terms}</dl>'


def table(called: str, columns: Sequence[str], body: Iterable[str]) -> str:
    """A table, which reads aloud by its heading cells: the first column names the row, the others hold numbers."""
    kinds = ["", *[' class="number"'] * (len(columns) - 1)]
    head = "".join(f'<th scope="col"{kind}>{text(column)}</th>' for kind, column in zip(kinds, columns, strict=True))
    return wide(called, f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>")


def row(label: str, cells: Iterable[str]) -> str:
    """A row of a table."""
    numbers = "".join(f'<td class="number">{text(cell)}</td>' for cell in cells)
    return f'<tr><th scope="row">{text(label)}</th>{numbers}</tr>'


def wide(called: str, part: str) -> str:
    """What may be wider than a small screen, which then scrolls it alone; by keys too, for which it has a name."""
    return f'<div class="wide" tabindex="0" role="region" aria-label="{escape(called)}">{part}</div>'
