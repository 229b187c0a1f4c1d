"""Jobs, and vaults whose paths hold whatever a scheduler might take for something else."""

from __future__ import annotations

import pytest

from vaultprune.schedule.job import Job, When

SUNDAY = When(6, 9, 0)
PYTHON = "/opt/my venv/bin/python3"

AWKWARD = [
    pytest.param("/home/ann/Garden", id="plain"),
    pytest.param("/home/ann/My Second Brain", id="spaces"),
    pytest.param("/home/ann/100% mine/50%off", id="per cent signs"),
    pytest.param("/home/ann/cost $5 $HOME ${HOME}", id="dollars"),
    pytest.param('/home/ann/the "big" one', id="double quotes"),
    pytest.param("/home/ann/ann's notes", id="single quotes"),
    pytest.param("/home/ann/back\\slash\\", id="backslashes"),
    pytest.param("/home/ann/a--b---c", id="hyphens"),
    pytest.param("/home/ann/a;b&c|d>e`f`(g)*?[h]#i", id="what a shell knows"),
    pytest.param("/home/ann/Gärten/日本", id="other letters"),
    pytest.param("/home/ann/<b>&amp;</b>", id="what XML knows"),
    pytest.param("/home/ann/{vault} {0}", id="braces"),
    pytest.param("/home/ann/!history ~ ^x", id="what other shells know"),
]


def job(vault: str = "/home/ann/Garden", at: When = SUNDAY, **environment: str) -> Job:
    return Job(vault, PYTHON, at, tuple(sorted(environment.items())))
