"""What this machine saw of a vault's use: kept outside it, look by look, and costing nothing but memory when lost.

    ledger = Ledger(vault, config.id, archive=config.archive_folder)
    ledger.observe(snapshot, ours)                    one look: remembers what is not as it was
    ledger.recall(snapshot, ours)                     what is known of the notes of this snapshot; writes nothing
    ledger.learn(older, taken)                        the same from a copy of the vault made earlier
    ledger.remember_round(day, weak, suggested, counts)  what a report said, for the weeks to come
    ledger.watched(snapshot, ours)                    what is known of the vault as a whole, and was at the time
    ledger.weeks_before(day)                          what the reports of earlier weeks suggested
    ledger.place, ledger.aside(), ledger.forget(path) where it lies, what was set aside, and to forget a note

What writes raises `CannotKeep` where the disk refuses; nothing else is ever raised for what lies there.
"""

from vaultprune.ledger.backup import Learned
from vaultprune.ledger.ledger import Ledger
from vaultprune.ledger.looking import Noticed
from vaultprune.ledger.ours import Ours
from vaultprune.ledger.place import ledger_file
from vaultprune.ledger.recalling import WeeksBefore
from vaultprune.ledger.store import CannotKeep

__all__ = ["CannotKeep", "Learned", "Ledger", "Noticed", "Ours", "WeeksBefore", "ledger_file"]
