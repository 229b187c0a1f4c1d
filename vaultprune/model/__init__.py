"""The words everyone speaks: plain frozen values that the rooms hand to one another.

What is judged, planned and looked back at is imported when it is first asked for: most runs show what an earlier one
worked out.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from vaultprune.model.contents import (
    BACKLINK_KINDS,
    Base,
    Canvas,
    Link,
    LinkKind,
    Note,
    NotePath,
    Problem,
    Properties,
    PropertyValue,
    Query,
    Scalar,
)
from vaultprune.model.disk import (
    FORGETFUL,
    AppSettings,
    Change,
    ChangeKind,
    DailyNotes,
    Decision,
    DecisionKind,
    File,
    FileKind,
    Forgetful,
    History,
    Memory,
    Since,
    Snapshot,
)
from vaultprune.model.observed import Observed, Seen, SeenNotes

if TYPE_CHECKING:
    from vaultprune.model.counted import Counts, Lived, Watched
    from vaultprune.model.judged import Consequences, DateSource, Evidence, Held, Reason, Use, VerdictWord
    from vaultprune.model.past import HORIZON, Past
    from vaultprune.model.planned import Move, Outcome, Plan, Rewrite, Skipped, Span, Stray
else:
    _LATER = {
        "counted": ("Counts", "Lived", "Watched"),
        "judged": ("Consequences", "DateSource", "Evidence", "Held", "Reason", "Use", "VerdictWord"),
        "past": ("HORIZON", "Past"),
        "planned": ("Move", "Outcome", "Plan", "Rewrite", "Skipped", "Span", "Stray"),
    }

    def __getattr__(name: str) -> object:
        for module, names in _LATER.items():
            if name in names:
                return getattr(import_module(f"vaultprune.model.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "BACKLINK_KINDS",
    "FORGETFUL",
    "HORIZON",
    "AppSettings",
    "Base",
    "Canvas",
    "Change",
    "ChangeKind",
    "Consequences",
    "Counts",
    "DailyNotes",
    "DateSource",
    "Decision",
    "DecisionKind",
    "Evidence",
    "File",
    "FileKind",
    "Forgetful",
    "Held",
    "History",
    "Link",
    "LinkKind",
    "Lived",
    "Memory",
    "Move",
    "Note",
    "NotePath",
    "Observed",
    "Outcome",
    "Past",
    "Plan",
    "Problem",
    "Properties",
    "PropertyValue",
    "Query",
    "Reason",
    "Rewrite",
    "Scalar",
    "Seen",
    "SeenNotes",
    "Since",
    "Skipped",
    "Snapshot",
    "Span",
    "Stray",
    "Use",
    "VerdictWord",
    "Watched",
]
