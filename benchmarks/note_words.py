"""The words that generated notes are made of; nothing in, nothing out."""

from __future__ import annotations


def _each(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WORDS = _each(
    """
    a about after again all also always an and another any around as at autumn away back balance be because been
    before begin being best better between book bread breath bring build but by call can careful change child choose
    city clear close coffee cold come common could count craft current day deep did different do door down draft
    dream each early earth easy edge end enough even evening every eye fact fall far feel few field find fire first
    follow for form found free friend from full garden gave gentle get give go good great green ground grow habit
    half hand happen hard has have he hear heart help her here high hold home hour house how hundred idea if
    important in inside into is it just keep kind know large last later lead learn least leave left less let letter
    life light like line listen little long look made make many map may mean memory mind moment month more morning
    most move much music must name near need never new next night no not note nothing now number of off often old on
    once one only open or order other our out over own page paper part path people perhaps piece place plan plant
    point practice present put question quiet rather read real reason rest right river road room round run said same
    say school sea second see seed seem set several shape she short should show side simple since sit sky slow small
    so some something soon sound source space stand start state step still stone story strong such sure system table
    take talk tea tell than that the their them then there these they thing think this those though thought through
    time to today together too took toward tree true try turn two under until up use value very voice wait walk wall
    want was water way we week well were what when where which while who why will wind winter with without woman
    wood word work world would write year yes yet you young
    """
)
FOREIGN = _each(
    """
    café naïve Zürich Ångström señal œuvre façade Straße İstanbul 東京 計画 数学 ノート 日記 заметка проект жизнь Ελλάδα
    λόγος مشروع שלום 한국어 ไทย 🌱 🚀 📚
    """
)
TAGS = _each(
    """
    project project/active project/someday area/home area/work book book/read idea inbox person meeting journal
    evergreen seedling status/done status/wip tech/python tech/python/typing tech/rust recipe trip 2024-review y1984
    a-b_c _private café проект 日記
    """
)
STATUSES = _each("seedling budding evergreen draft active done someday reference")
LANGUAGES = (*_each("python js bash rust yaml sql text mermaid css"), "")
CALLOUTS = _each("note tip warning info quote example todo abstract question")
SITES = _each("https://example.org/ https://www.example.com/blog/ https://docs.example.net/en/latest/")
