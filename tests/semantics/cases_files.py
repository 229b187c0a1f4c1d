"""Cases of section 1: which files are notes, which are targets, and how paths are compared."""

from __future__ import annotations

from .case import NONE, A, Case, Symlink, embed, mark, only, wiki

TYPES = "canvas base avif bmp gif jpeg jpg png svg webp flac m4a mp3 ogg wav webm 3gp mkv mov mp4 ogv pdf"
NFC, NFD = "Caf\u00e9", "Cafe\u0301"
DRAWING = (
    "---\nexcalidraw-plugin: parsed\n---\n# Excalidraw Data\n\n## Text Elements\n[[a]] ^abc\n\n"
    "## Element Links\nxyz: [[b]]\n\n## Embedded Files\nq: [[p.png]]\n\n%%\n[[c]]\n## Drawing\n"
    "```compressed-json\n[[d]]\n```\n%%\n"
)

CASES: tuple[Case, ...] = (
    Case(
        "FS-1", "md in any case is a note", "[[x]]", (wiki("x", "x.MD"),), files=only("x.MD"), notes=("Home.md", "x.MD")
    ),
    Case(
        "FS-1",
        "markdown, txt and mdx are no notes",
        "[[x]]",
        (wiki("x", None),),
        files={"x.markdown": "[[Home]]", "x.txt": "[[Home]]", "x.mdx": "[[Home]]"},
        notes=("Home.md",),
        backlinks={"Home.md": ()},
    ),
    *(
        Case("FS-2", f"{kind} is a target", f"![[x.{kind}]]", (embed(f"x.{kind}"),), files=only(f"x.{kind}"))
        for kind in TYPES.split()
    ),
    Case("FS-3", "a file of an unknown type resolves", "[[x.docx]]", (wiki("x.docx"),), files=only("x.docx")),
    Case("FS-3", "by a markdown link as well", "[t](d/x.tar)", (mark("d/x.tar"),), files=only("d/x.tar")),
    Case(
        "FS-4",
        "what lies in a dot folder is neither note nor target",
        "[[x]] [[.hid/x]]",
        (wiki("x", None), wiki(".hid/x", None)),
        files={".hid/x.md": "[[Home]]"},
        notes=("Home.md",),
    ),
    Case("FS-4", "nor a dot folder further down", "[[x]]", (wiki("x", None),), files=only("d/.hid/e/x.md")),
    Case("FS-4", "nor a file whose name starts with a dot", "[[.x]]", (wiki(".x", None),), files=only(".x.md")),
    Case("FS-4", "nor what the app keeps in .obsidian", "[[x]]", (wiki("x", None),), files=only(".obsidian/x.md")),
    Case(
        "FS-5",
        "a note in the trash is gone",
        "[[x]]",
        (wiki("x", None),),
        files={".trash/x.md": "[[Home]]"},
        notes=("Home.md",),
    ),
    Case("FS-6", "a folder with an underscore is ordinary", "[[x]]", (wiki("x", "_d/x.md"),), files=only("_d/x.md")),
    Case(
        "FS-6",
        "so is node_modules",
        "[[x]]",
        (wiki("x", "node_modules/x.md"),),
        files=only("node_modules/x.md"),
        notes=("Home.md", "node_modules/x.md"),
    ),
    Case(
        "FS-7",
        "a linked folder apart from the vault is followed",
        "[[x]]",
        (wiki("x", "out/x.md"),),
        files={"../apart/x.md": "[[Home]]", "out": Symlink("../apart")},
        notes=("Home.md", "out/x.md"),
    ),
    Case(
        "FS-7",
        "a link from one folder of the vault to another is ignored",
        "[[d/x]] [[e/x]]",
        (wiki("d/x"), wiki("e/x", None)),
        files={"d/x.md": "", "e": Symlink("d")},
        notes=("Home.md", "d/x.md"),
    ),
    Case("FS-7", "a link to the vault itself is ignored", "", NONE, files={"e": Symlink("")}, notes=("Home.md",)),
    Case(
        "FS-7", "a link to a parent of the vault is ignored", "", NONE, files={"e": Symlink("..")}, notes=("Home.md",)
    ),
    Case(
        "FS-7",
        "a circle outside the vault ends",
        "[[x]]",
        (wiki("x", "out/x.md"),),
        files={"../apart/x.md": "", "../apart/round": Symlink("../apart"), "out": Symlink("../apart")},
        notes=("Home.md", "out/x.md"),
    ),
    Case("FS-8", "case is ignored", "[[NOTE one]]", (wiki("NOTE one", "Note One.md"),), files=only("Note One.md")),
    Case("FS-8", "of folders too", "[[DIR/x]]", (wiki("DIR/x", "Dir/X.md"),), files=only("Dir/X.md")),
    Case("FS-8", "of the extension too", "![[p.PNG]]", (embed("p.PNG", "p.png"),), files=only("p.png")),
    Case("FS-8", "beyond ASCII", "[[ÉCOLE ЖУК]]", (wiki("ÉCOLE ЖУК", "école жук.md"),), files=only("école жук.md")),
    Case("FS-8", "ß is not ss", "[[strasse]]", (wiki("strasse", None),), files=only("straße.md"), sure=False),
    Case(
        "FS-8",
        "of two that differ in case, the one spelt alike",
        "[[Twin]] [[twin]]",
        (wiki("Twin"), wiki("twin")),
        files=only("Twin.md", "twin.md"),
        sure=False,
    ),
    Case(
        "FS-8",
        "of two that differ in case, both where neither is spelt alike",
        "[[TWIN]]",
        (wiki("TWIN", ("Twin.md", "twin.md")),),
        files=only("Twin.md", "twin.md"),
        sure=False,
    ),
    Case("FS-9", "a decomposed file name is found", f"[[{NFC}]]", (wiki(NFC, f"{NFD}.md"),), files=only(f"{NFD}.md")),
    Case("FS-9", "a decomposed link is found", f"[[{NFD}]]", (wiki(NFD, f"{NFC}.md"),), files=only(f"{NFC}.md")),
    Case("FS-9", "in a folder's name", f"[[{NFC}/x]]", (wiki(f"{NFC}/x", f"{NFD}/x.md"),), files=only(f"{NFD}/x.md")),
    Case(
        "FS-9",
        "a no-break space is a space",
        "[[x\u00a0y]]",
        (wiki("x\u00a0y", "x y.md"),),
        files=only("x y.md"),
    ),
    Case("FS-9", "a backslash is a slash", "[[d\\x]]", (wiki("d\\x", "d/x.md"),), files=only("d/x.md"), sure=False),
    Case("FS-9", "a slash at the end is none", "[[x/]]", (wiki("x/", "x.md"),), files=only("x.md"), sure=False),
    Case("FS-10", "a wikilink is cut at #", "[[x#y]]", (wiki("x", None),), files=only("x#y.md")),
    Case("FS-10", "%23 does not reach it", "[t](x%23y.md)", (mark("x%23y.md", None),), files=only("x#y.md")),
    Case("FS-10", "a caret in a name is reached", "[[x^y]]", (wiki("x^y"),), files=only("x^y.md")),
    Case("FS-10", "a question mark too", "[[what?]]", (wiki("what?", "what?.md"),), files=only("what?.md")),
    Case(
        "FS-11",
        "a byte order mark is dropped",
        b"\xef\xbb\xbf---\ntags: [t]\nup: '[[a]]'\n---\n",
        (("property", "a", "a.md"),),
        tags=("t",),
    ),
    Case("FS-11", "a mark before a body", b"\xef\xbb\xbf#t [[a]]", A, tags=("t",)),
    Case("FS-11", "invalid bytes", b"caf\xe9 \x80\n\n[[a]]\n", A, notes=("Home.md", "a.md", "b.md"), sure=False),
    Case("FS-11", "a NUL", b"x\x00y\n\n[[a]]\n", A, notes=("Home.md", "a.md", "b.md"), sure=False),
    Case("FS-11", "an empty file is a note", "", NONE, (), (), (), notes=("Home.md", "a.md", "b.md")),
    Case(
        "FS-12",
        "a drawing's sections count, its fenced data does not",
        DRAWING,
        (wiki("a"), wiki("b"), wiki("p.png"), wiki("c")),
        files=only("a.md", "b.md", "c.md", "d.md", "p.png"),
        at="x.excalidraw.md",
    ),
    Case(
        "CFG-1",
        "an excluded note resolves and its links count",
        "[[x]]",
        (wiki("x", "Old/x.md"),),
        files={"Old/x.md": "[[Home]]", ".obsidian/app.json": '{"userIgnoreFilters": ["Old/"]}'},
        backlinks={"Home.md": ("Old/x.md",), "Old/x.md": ("Home.md",)},
    ),
    Case(
        "CFG-1",
        "an excluding pattern too",
        "[[x]]",
        (wiki("x", "Old/x.md"),),
        files={"Old/x.md": "[[Home]]", ".obsidian/app.json": '{"userIgnoreFilters": ["/Ol./"]}'},
        backlinks={"Home.md": ("Old/x.md",)},
    ),
    Case(
        "CFG-1",
        "the way new links are written does not change how they resolve",
        "[[x]]",
        (wiki("x", "d/x.md"),),
        files={"d/x.md": "", ".obsidian/app.json": '{"newLinkFormat": "absolute", "useMarkdownLinks": true}'},
    ),
)
