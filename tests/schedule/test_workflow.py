"""The workflow for GitHub in the docs: it can be read, may change nothing, and calls the program as it is."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import yaml

from tests.cli.worlds import ROOT, in_a_process


def test_the_workflow_only_reports(tmp_path: Path) -> None:
    (block,) = re.findall(r"^```yaml\n(.*?)^```", (ROOT / "docs/schedule.md").read_text(encoding="utf-8"), re.S | re.M)
    workflow = yaml.safe_load(block)
    steps = workflow["jobs"]["report"]["steps"]
    commands = [shlex.split(step["run"].partition(">>")[0], comments=True) for step in steps if "run" in step]
    (vaultprune,) = [words[1:] for words in commands if words[0] == "vaultprune"]

    assert workflow["permissions"] == {"contents": "read"}
    assert steps[0]["with"]["fetch-depth"] == 0
    at_home = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "XDG_DATA_HOME": str(tmp_path / "data")}
    done = in_a_process([word if word != "vault" else "sample_vault" for word in vaultprune], ROOT, at_home)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\n# sample" in done.stdout
