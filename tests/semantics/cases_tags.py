"""Cases of section 6: tags in the text."""

from __future__ import annotations

from .case import Case


def tags(rule: str, name: str, text: str, *found: str, sure: bool = True) -> Case:
    return Case(rule, name, text, tags=found, sure=sure)


CASES: tuple[Case, ...] = (
    tags("TG-1", "letters, digits, - _ /", "#a-b_c/d1", "a-b_c/d1"),
    tags("TG-1", "any script", "#日本 #жук #été #हिन्दी", "日本", "жук", "été", "हिन्दी"),
    tags("TG-1", "emoji", "#🎉 #a🎉b", "🎉", "a🎉b"),
    tags("TG-1", "combining marks", "#e\u0301t", "e\u0301t"),
    tags(
        "TG-1",
        "punctuation ends it",
        "#a.x #b, #c; #d: #e! #f? #g) #h' #i\" #j+ #k= #l% #m& #n@ #o$",
        *"abcdefghijklmno",
    ),
    tags("TG-1", "brackets and the like end it", "#a[x] #b{x} #c<x #d|x #e^x #f~x #g*x #h(x", *"abcdefgh"),
    tags("TG-1", "general punctuation ends it", "#a—x #b…x #c’x #d\u200bx", *"abcd"),
    tags("TG-1", "supplemental punctuation ends it", "#a\u2e3ax", "a"),
    tags("TG-1", "full-width letters and signs are allowed", "#全，角", "全，角"),
    tags("TG-2", "digits only", "#1984 #1 #007"),
    tags("TG-2", "one letter will do", "#y1984 #1990s #1_0", "y1984", "1990s", "1_0"),
    tags("TG-2", "a date by the letter is one", "#2024-01-01", "2024-01-01", sure=False),
    tags("TG-3", "line start and white space", "#a #b\t#c\u00a0#d\u3000#e\n#f", *"abcdef"),
    tags("TG-3", "letters and punctuation block", 'a#b (#b) "#b" .#b —#b ,#b [#b](https://e.org) /#b :#b \'#b'),
    tags("TG-3", "a full-width sign blocks", "，#b 。#b"),
    tags("TG-3", "behind a list marker and a task's box", "- #a\n- [ ] #b\n1. #c\n> #d", *"abcd"),
    tags("TG-3", "against a comment", "x <!-- y -->#b"),
    tags("TG-4", "directly behind another", "#a#b #c/#d", *"abcd"),
    tags("TG-4", "three in a row", "#a#b#c", *"abc"),
    tags("TG-4", "behind an escape", "\\[#b", "b"),
    tags("TG-4", "behind an emphasis mark", "_#b_ *#c*", "b", "c"),
    tags("TG-4", "behind a strong one", "**#b** __#c__", "b", "c", sure=False),
    tags("TG-4", "behind a highlight or a strike", "==#b== ~~#c~~", "b", "c", sure=False),
    tags("TG-4", "within emphasis", "_see #b_", "b"),
    tags("TG-4", "an underscore within it is its own", "#a_b_c", "a_b_c"),
    tags("TG-4", "behind the pipe of a cell", "|x|y|\n|---|---|\n|#b|#c|", "b", "c"),
    # The Tasks plugin's published documentation is tagged this way throughout, and its tags work.
    tags("TG-4", "behind an HTML tag", '<span class="x">#b</span> <b>#c</b>', "b", "c", sure=False),
    tags("TG-4", "behind a pipe that is no cell's", "x |#b"),
    tags("TG-4", "where the first is blocked the rest is", "x#a#b"),
    tags("TG-5", "a heading's mark", "# b\n\n###### c"),
    tags("TG-5", "two marks", "##b ###c"),
    tags("TG-5", "alone", "# \n\n#\n\nx # y"),
    tags("TG-5", "in a heading", "# #b\n\n## x #c", "b", "c"),
    tags("TG-5", "no space after it makes no heading", "#b c", "b"),
    tags("TG-6", "nested", "#a/b/c #a", "a/b/c", "a"),
    tags("TG-6", "a trailing slash is dropped", "#a/ #b/", "a", "b", sure=False),
    tags("TG-7", "case is ignored, the first spelling shown", "#Inbox #inbox #INBOX/x", "Inbox", "INBOX/x"),
    tags("TG-7", "beyond ASCII", "#Été #été", "Été"),
    tags("TG-8", "properties' first, then the body's in order", "---\ntags: [z, y]\n---\n#x #y #w", *"zyxw"),
    tags("TG-8", "a property's spelling is the first", "---\ntags: [Done]\n---\n#done", "Done"),
    tags("TG-9", "headings, lists, quotes, callouts", "# #a\n- #b\n\n> #c\n\n> [!x] #d\n> #e", *"abcde"),
    tags("TG-9", "tables, footnotes, comments", "|x|\n|---|\n| #a |\n\nx[^1]\n\n[^1]: #b\n\n%% #c %%", *"abc"),
    tags("TG-9", "in an HTML block", "<p>#x</p>\n\n<div>\n#y\n</div>"),
    tags("TG-9", "in a definition's destination", "[r]: #x"),
)
