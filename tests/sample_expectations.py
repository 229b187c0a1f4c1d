"""What each note of `sample_vault/` should become on 20 Nov 2026, and its links, worked out without the tool."""

from __future__ import annotations

EXPECTED: dict[str, tuple[str, str]] = {
    # path: (verdict, the code of a protection that must be named, or in a few words why)
    # Suggested: quiet for years, no backlinks, nothing protects them.
    "Sparks/Call the library.md": ("archive", "isolated, quiet since Feb 2022"),
    "Sparks/Ten ways to take notes.md": ("archive", "orphan, quiet since May 2022"),
    "Sparks/Untitled.md": ("archive", "empty, quiet since Sep 2023"),
    # Watched.
    "Craft/Quoted by address.md": ("watch", "beyond the budget"),
    "Habits/Streaks.md": ("watch", "beyond the budget"),
    "Brain/Mirror neurons.md": ("watch", "beyond the budget"),
    "Learning/Highlighting.md": ("watch", "beyond the budget"),
    # no date, so taken for as lively as a typical note
    "Inbox/Scrap without a day.md": ("watch", "date not trusted"),
    # Protected.
    "Brain/Glossary.md": ("protected", "ambiguous"),
    "Brain/Myelin.md": ("protected", "status"),  # #status/reference
    "Craft/Linking.md": ("protected", "hub"),
    "Daily/2026-03-02.md": ("protected", "daily"),
    "Daily/2026-11-09.md": ("protected", "daily"),
    "Daily/2026-11-12.md": ("protected", "daily"),
    "Daily/2026-11-16.md": ("protected", "daily"),
    "Daily/2026-11-18.md": ("protected", "daily"),
    "Daily/2026-11-19.md": ("protected", "daily"),
    "Drawings/Neuron sketch.excalidraw.md": ("protected", "drawing"),
    "Habits/From learning to habits.md": ("protected", "bridge"),
    "Habits/Morning pages.md": ("protected", "open-task"),
    "Habits/Two minute rule.md": ("protected", "property"),
    "Home.md": ("protected", "plugin"),  # bookmarked as well
    "Learning/Card on the spacing studies.md": ("protected", "status"),  # #reference/papers nests below reference
    "Learning/Course 2025 reading list.md": ("protected", "path"),  # Learning/Course*.md
    "Learning/Feynman technique.md": ("protected", "bookmark"),  # in a group of bookmarks
    "Learning/Retrieval practice.md": ("protected", "status"),  # the property is a list
    "Learning/Spacing effect (Conflicted copy phone 202609011200).md": ("protected", "conflict-copy"),
    "Learning/Spacing effect.md": ("protected", "status"),  # the property is one text
    "Maps/Learning map.md": ("protected", "hub"),  # 16 outgoing links, the most backlinks of all
    "Papers/Notes on Ebbinghaus.md": ("protected", "bookmark"),  # its folder is bookmarked
    "Sleep/Dream journal.md": ("protected", "open-tab"),
    "Sleep/Glossary.md": ("protected", "ambiguous"),
    "Teaching/Lesson on attention.md": ("protected", "path"),  # Teaching/
    "Templates/Daily.md": ("protected", "template"),
    "Templates/Idea.md": ("protected", "template"),
    "Weekly/2026-W46.md": ("protected", "daily"),
    # Kept.
    # listed by a query and a base
    "Books/The patient gardener.md": ("keep", "edited in Jun 2026"),
    "Brain/Déjà vu.md": ("keep", "edited in Jun 2026"),
    "Brain/Neurons.md": ("keep", "edited in Apr 2026"),
    "Brain/Synaptic pruning.md": ("keep", "edited in Nov 2026"),
    "Craft/Atomic notes.md": ("keep", "edited in Oct 2026"),
    # no date, since its properties are no YAML
    "Craft/Broken brackets.md": ("keep", "linked from Atomic notes"),
    "Craft/Reading dashboard.md": ("keep", "edited in Jan 2026"),
    "Craft/Typed on an old phone.md": ("keep", "edited in Sep 2026"),
    "Craft/What is not a link.md": ("keep", "edited in Aug 2026"),
    "Habits/Cue.md": ("keep", "edited in Aug 2026"),
    "Habits/Reward.md": ("keep", "edited in Jul 2026"),
    "Habits/Routine.md": ("keep", "edited in Jul 2026"),
    # in grace by its age, yet too lively to be weak in the first place
    "Inbox/A thought from the bus.md": ("keep", "created in Nov 2026"),
    # still identical to Templates/Idea: a fact, no protection
    "Inbox/New idea.md": ("keep", "created in Oct 2026"),
    # in grace by its last edit, yet too lively to be weak in the first place
    "Inbox/Old recipe for focus.md": ("keep", "edited in Oct 2026"),
    "Inbox/Why I forget the name of a person to whom I was introduced only one minute ago.md": (
        "keep",
        "edited in Sep 2026",
    ),
    "Learning/Cramming.md": ("keep", "edited in Feb 2026"),
    "Learning/Desirable difficulty.md": ("keep", "linked from notes edited lately"),
    "Learning/Forgetting curve.md": ("keep", "edited in May 2026"),
    "Learning/Interleaving.md": ("keep", "edited in Oct 2026"),
    # linked from a canvas only
    "Learning/Leitner box.md": ("keep", "edited in Sep 2026"),
    "Learning/Übung 🎻.md": ("keep", "edited in Jul 2026"),
    "Sleep/Naps.md": ("keep", "edited in Aug 2026"),
    "Sleep/Sleep and memory.md": ("keep", "edited in Sep 2026"),
}

# No backlink from another note or a canvas outside Archive/. Archived notes are not in these sets.
ORPHANS: frozenset[str] = frozenset(
    {
        "Books/The patient gardener.md",
        "Brain/Mirror neurons.md",
        "Craft/Quoted by address.md",
        "Craft/What is not a link.md",
        "Daily/2026-03-02.md",
        "Daily/2026-11-09.md",
        "Daily/2026-11-12.md",
        "Daily/2026-11-16.md",
        "Daily/2026-11-19.md",
        "Drawings/Neuron sketch.excalidraw.md",
        "Habits/Morning pages.md",
        "Habits/Streaks.md",
        "Habits/Two minute rule.md",
        "Inbox/A thought from the bus.md",
        "Inbox/New idea.md",
        "Inbox/Old recipe for focus.md",
        "Inbox/Scrap without a day.md",
        "Inbox/Why I forget the name of a person to whom I was introduced only one minute ago.md",
        "Learning/Card on the spacing studies.md",
        "Learning/Course 2025 reading list.md",
        "Learning/Spacing effect (Conflicted copy phone 202609011200).md",
        "Papers/Notes on Ebbinghaus.md",
        "Sleep/Dream journal.md",
        "Sparks/Call the library.md",
        "Sparks/Ten ways to take notes.md",
        "Sparks/Untitled.md",
        "Teaching/Lesson on attention.md",
        "Templates/Daily.md",
        "Templates/Idea.md",
        "Weekly/2026-W46.md",
    }
)

# No outgoing link to another file, nor an unresolved one. Links that Obsidian does not count are none.
DEAD_ENDS: frozenset[str] = frozenset(
    {
        "Books/The patient gardener.md",
        "Brain/Glossary.md",
        "Brain/Mirror neurons.md",
        "Brain/Myelin.md",
        "Craft/Quoted by address.md",
        "Daily/2026-11-18.md",
        "Habits/Streaks.md",
        "Habits/Two minute rule.md",
        "Inbox/A thought from the bus.md",
        "Inbox/New idea.md",
        "Inbox/Old recipe for focus.md",
        "Inbox/Scrap without a day.md",
        "Learning/Card on the spacing studies.md",
        "Learning/Course 2025 reading list.md",
        "Learning/Cramming.md",
        "Learning/Highlighting.md",
        "Learning/Spacing effect (Conflicted copy phone 202609011200).md",
        "Papers/Notes on Ebbinghaus.md",
        "Sleep/Dream journal.md",
        "Sleep/Glossary.md",
        "Sparks/Call the library.md",
        "Sparks/Untitled.md",
        "Teaching/Lesson on attention.md",
        "Templates/Idea.md",
    }
)

ISOLATED: frozenset[str] = ORPHANS & DEAD_ENDS

# What a bare [[Glossary]] in Home.md may mean.
AMBIGUOUS: tuple[str, ...] = ("Brain/Glossary.md", "Sleep/Glossary.md")

# (kind, text, target) in the order of the file, properties first.
LINKS: dict[str, list[tuple[str, str, str | None]]] = {
    "Home.md": [
        ("wikilink", "Learning map", "Maps/Learning map.md"),
        ("wikilink", "Semester.canvas", "Boards/Semester.canvas"),
        ("wikilink", "reading dashboard", "Craft/Reading dashboard.md"),
        # ambiguous: the first of the two is named
        ("wikilink", "Glossary", "Brain/Glossary.md"),
    ],
    "Learning/Spacing effect.md": [
        ("property", "Learning map", "Maps/Learning map.md"),
        ("wikilink", "Forgetting curve", "Learning/Forgetting curve.md"),
        ("wikilink", "Retrieval practice", "Learning/Retrieval practice.md"),
    ],
    "Learning/Interleaving.md": [
        ("property", "Learning map", "Maps/Learning map.md"),
        ("wikilink", "spacing EFFECT", "Learning/Spacing effect.md"),
        ("wikilink", "Desirable difficulty", "Learning/Desirable difficulty.md"),
        ("wikilink", "Sleep and memory", "Sleep/Sleep and memory.md"),
        ("wikilink", "Spaced practice", None),
    ],
    "Learning/Retrieval practice.md": [
        ("property", "Spacing effect", "Learning/Spacing effect.md"),
        ("property", "Cramming", "Learning/Cramming.md"),
        ("markdown", "./Feynman%20technique.md", "Learning/Feynman technique.md"),
    ],
    "Learning/Forgetting curve.md": [
        ("property", "Learning map", "Maps/Learning map.md"),
        ("embed", "forgetting-curve.png", "assets/forgetting-curve.png"),
        ("markdown", "Spacing%20effect.md", "Learning/Spacing effect.md"),
        ("image", "../assets/forgetting-curve.png", "assets/forgetting-curve.png"),
        ("wikilink", "Sleep and memory", "Sleep/Sleep and memory.md"),
    ],
    "Learning/Feynman technique.md": [
        ("wikilink", "Retrieval practice", "Learning/Retrieval practice.md"),
    ],
    "Learning/Leitner box.md": [
        ("markdown", "Interleaving", "Learning/Interleaving.md"),
    ],
    "Learning/Übung 🎻.md": [
        ("property", "Learning map", "Maps/Learning map.md"),
        ("markdown", "../Learning/Interleaving.md", "Learning/Interleaving.md"),
    ],
    "Sleep/Sleep and memory.md": [
        ("property", "Learning map", "Maps/Learning map.md"),
        ("wikilink", "Cramming", "Learning/Cramming.md"),
        ("markdown", "%C3%9Cbung%20%F0%9F%8E%BB.md", "Learning/Übung 🎻.md"),
        ("markdown", "../Brain/Synaptic%20pruning.md", "Brain/Synaptic pruning.md"),
        ("wikilink", "", "Sleep/Sleep and memory.md"),
        ("wikilink", "Déjà vu", "Brain/Déjà vu.md"),
    ],
    "Sleep/Naps.md": [
        ("property", "Sleep/Sleep%20and%20memory.md", "Sleep/Sleep and memory.md"),
    ],
    "Brain/Neurons.md": [
        ("property", "Learning map", "Maps/Learning map.md"),
        ("wikilink", "Synaptic pruning", "Brain/Synaptic pruning.md"),
        ("markdown", "Myelin.md", "Brain/Myelin.md"),
    ],
    "Brain/Synaptic pruning.md": [
        ("property", "Learning map", "Maps/Learning map.md"),
        ("property", "Brain/Neurons.md", "Brain/Neurons.md"),
        ("wikilink", "De\u0301ja\u0300 vu", "Brain/Déjà vu.md"),  # decomposed, as written
        ("wikilink", "Brain/Neurons", "Brain/Neurons.md"),
        ("wikilink", "Sleep and memory", "Sleep/Sleep and memory.md"),
        ("wikilink", "Growth mindset", None),
    ],
    "Craft/Atomic notes.md": [
        ("property", "Learning map", "Maps/Learning map.md"),
        ("mention", "Quoted by address", "Craft/Quoted by address.md"),
        ("wikilink", "Linking", "Craft/Linking.md"),
        ("wikilink", "Broken brackets", "Craft/Broken brackets.md"),
        ("reference", "Craft/Quoted%20by%20address.md", "Craft/Quoted by address.md"),
        ("uri", "Craft%2FQuoted%20by%20address", "Craft/Quoted by address.md"),
        ("html", "Craft/Quoted%20by%20address.md", "Craft/Quoted by address.md"),
    ],
    "Craft/Linking.md": [
        ("property", "Learning map", "Maps/Learning map.md"),
        ("wikilink", "Atomic notes", "Craft/Atomic notes.md"),
        ("wikilink", "Spacing effect", "Learning/Spacing effect.md"),
        ("wikilink", "Retrieval practice", "Learning/Retrieval practice.md"),
        ("wikilink", "Sleep and memory", "Sleep/Sleep and memory.md"),
        ("wikilink", "Brain/Neurons", "Brain/Neurons.md"),
        ("embed", "Cramming", "Learning/Cramming.md"),
        ("markdown", "../Brain/Synaptic%20pruning.md", "Brain/Synaptic pruning.md"),
        ("markdown", "Déjà vu", "Brain/Déjà vu.md"),
        ("image", "assets/forgetting-curve.png", "assets/forgetting-curve.png"),
        ("wikilink", "", "Craft/Linking.md"),
        ("markdown", "Not%20yet%20written.md", None),
    ],
    "Craft/What is not a link.md": [
        ("wikilink", "Linking", "Craft/Linking.md"),
    ],
    "Craft/Reading dashboard.md": [
        ("embed", "Books.base", "Boards/Books.base"),
    ],
    "Craft/Broken brackets.md": [
        # the properties are no YAML, the text below counts
        ("wikilink", "Atomic notes", "Craft/Atomic notes.md"),
    ],
    "Craft/Typed on an old phone.md": [
        ("wikilink", "Linking", "Craft/Linking.md"),
    ],
    "Drawings/Neuron sketch.excalidraw.md": [
        ("wikilink", "Neurons", "Brain/Neurons.md"),
    ],
    "Habits/Morning pages.md": [
        ("wikilink", "Atomic notes", "Craft/Atomic notes.md"),
    ],
    "Habits/Routine.md": [
        ("markdown", "./Reward.md", "Habits/Reward.md"),
    ],
    "Sparks/Ten ways to take notes.md": [
        ("embed", "ten-ways.png", "assets/ten-ways.png"),
        ("markdown", "../Learning/Highlighting.md", "Learning/Highlighting.md"),
    ],
    "Sparks/Call the library.md": [],
    "Archive/Brain/Left and right.md": [
        ("wikilink", "Mirror neurons", "Brain/Mirror neurons.md"),
        ("wikilink", "Streaks", "Habits/Streaks.md"),
    ],
    "Boards/Semester.canvas": [
        ("canvas", "Learning/Leitner box.md", "Learning/Leitner box.md"),
        ("wikilink", "Retrieval practice", "Learning/Retrieval practice.md"),
    ],
}

# Places of the vault with something odd about them: (path, a word of what is said).
PROBLEMS: tuple[tuple[str, str], ...] = (
    ("Craft/Broken brackets.md", "YAML"),
    ("Craft/Typed on an old phone.md", "UTF-8"),
)
