"""What was found in, one JSON document out; `docs/doctor.schema.json` describes it."""

from __future__ import annotations

from vaultprune.doctor import Examined
from vaultprune.evidence.trust import trust_told
from vaultprune.reports.data import as_json, heading
from vaultprune.reports.page import View
from vaultprune.vault import Vault


def doctor_json(vault: Vault, examined: Examined, _view: View) -> str:
    """The same for programs. What the view says changes nothing in it."""
    evidence = vault.evidence
    return as_json(
        {
            **heading(vault.snapshot),
            "evidence": {
                "dates": evidence.dates,
                "why": evidence.says,
                "trusted_notes": evidence.trusted_notes,
                "observed_days": evidence.observed_days,
                "abstains": evidence.abstains,
                "sources": [
                    {"what": what, "says": says} for what, says in trust_told(vault.snapshot, vault.config)[1:]
                ],
                "helps": [{"what": what, "how": how} for what, how in evidence.helps],
            },
            "findings": [
                {
                    "code": finding.code,
                    "wrong": finding.wrong,
                    "says": finding.says,
                    "so": finding.so,
                    "names": list(finding.names),
                    "command": " ".join(("vaultprune", *finding.command)) if finding.command else None,
                }
                for finding in examined.findings
            ],
            "in_order": [check.code for check in examined.in_order],
        }
    )
