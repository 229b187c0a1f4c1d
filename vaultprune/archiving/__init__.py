"""The only door that changes a vault: what is decided is written down, and what is set aside is moved, from here.

    plan = make_plan(moves, rewrites)                 a value, complete before anything happens
    check(vault, plan)                                what would be skipped now; writes nothing
    run = carry_out(vault, plan, at)                  one unit a note, each whole or not at all
    back = plan_return(vault, batch=run.batch)        undo and restore are plans like any other
    pending(vault), recover(vault, forward=False)     what was interrupted, and how it is settled
    strays(vault), give_back_strays(vault)            words saved at the moment of a swap that lie in the journal alone

`batches` and `own_writes` tell what was done, `places` and `gc` what is kept of it, `rehearse` whether this file system
can keep the promise. Everything that changes a vault goes through one `Disk` (`files`); docs/safety.md tells the order.
"""

from vaultprune.archiving.carry_out import Run, carry_out, check
from vaultprune.archiving.decisions import record_decision
from vaultprune.archiving.device import device_id, known_device
from vaultprune.archiving.files import Disk
from vaultprune.archiving.forgetting import Traces, forget, traces
from vaultprune.archiving.history import Batch, batches, before_own_write, damaged, own_moves, own_writes
from vaultprune.archiving.lines import append_line
from vaultprune.archiving.locking import busy
from vaultprune.archiving.own_note import write_own_note
from vaultprune.archiving.plan_form import make_plan, plan_from_json, plan_to_json
from vaultprune.archiving.records import Damaged, Entry, Unit
from vaultprune.archiving.recovery import Settled, pending, recover
from vaultprune.archiving.rehearsal import rehearse
from vaultprune.archiving.returning import plan_return
from vaultprune.archiving.setting_up import (
    AppChange,
    change_app,
    entries_of_others,
    entry_in_app,
    half_set_up,
    plan_exclusion,
    plan_inclusion,
    put_right,
    write_config,
)
from vaultprune.archiving.strays import give_back_strays, strays
from vaultprune.archiving.tidying import Cleared, Clearing, Place, gc, places, would_clear

__all__ = [
    "AppChange",
    "ArchivePlaces",
    "Batch",
    "Cleared",
    "Clearing",
    "Damaged",
    "Disk",
    "Entry",
    "Place",
    "Run",
    "Settled",
    "Traces",
    "Unit",
    "append_line",
    "batches",
    "before_own_write",
    "busy",
    "carry_out",
    "change_app",
    "check",
    "damaged",
    "device_id",
    "entries_of_others",
    "entry_in_app",
    "forget",
    "gc",
    "give_back_strays",
    "half_set_up",
    "known_device",
    "make_plan",
    "own_moves",
    "own_writes",
    "pending",
    "places",
    "plan_exclusion",
    "plan_from_json",
    "plan_inclusion",
    "plan_return",
    "plan_to_json",
    "put_right",
    "record_decision",
    "recover",
    "rehearse",
    "strays",
    "traces",
    "would_clear",
    "write_config",
    "write_own_note",
]
