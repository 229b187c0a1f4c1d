"""A judged vault in, the checklist note as a weekly run writes it out: a review with nobody there to be asked."""

from __future__ import annotations

from vaultprune.cli.acting.past import Files
from vaultprune.cli.lines import lines_of
from vaultprune.cli.places import Place
from vaultprune.cli.reviewing.note import Draft, drafted
from vaultprune.cli.reviewing.sought import Review
from vaultprune.errors import VaultpruneError
from vaultprune.model import NotePath
from vaultprune.reports.page import View
from vaultprune.reports.weekly import ReviewNote
from vaultprune.review import cards
from vaultprune.review.session import batch
from vaultprune.verdict import Judgement
from vaultprune.words import title


def draft_of(place: Place, judgement: Judgement, shape: View) -> Draft | ReviewNote | None:
    """The note as it would be written; None where there is none, and nothing to write into one.

    Where the vault's journals are in no state to write anything, that is what became of the note.
    """
    snapshot = judgement.vault.snapshot
    contents = Files(place.folder, snapshot).contents
    dealt = batch(cards(judgement, contents, lines_of(place.folder, snapshot)), None)
    try:
        draft = drafted(place, Review(judgement, dealt, contents), shape)
    except VaultpruneError as error:
        return _failed(judgement.vault.config.review_note, error)
    return None if isinstance(draft, str) else draft


def foreseen(draft: Draft) -> ReviewNote:
    """What becomes of the note, if nothing comes in between: guards leave it as it is, and so does having no news."""
    named = f'"{title(draft.path)}"'
    if not draft.guards:
        return ReviewNote(draft.path, not draft.is_there, "" if draft.is_there else f"They are listed in {named}.")
    guard = draft.guards[0]
    if guard.name == "ticked-boxes":
        return ReviewNote(draft.path, False, f"{named} is not written anew while boxes in it are ticked.")
    return ReviewNote(
        draft.path, False, f"{named} was left as it is, because {guard.says.removesuffix('.')}.", is_odd=True
    )


def written(place: Place, draft: Draft) -> ReviewNote:
    """Write the note; what became of it, also where it could not be."""
    try:
        draft.write(place)
    except VaultpruneError as error:
        return _failed(draft.path, error)
    return foreseen(draft)


def _failed(path: str, error: VaultpruneError) -> ReviewNote:
    says, _, _ = str(error).partition(" Nothing has been changed")
    return ReviewNote(NotePath(path), False, f'"{title(path)}" was not written: {says.removesuffix(".")}.', failed=True)
