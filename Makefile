# Short names for what the README spells out.
.PHONY: report test format corpus

.venv: pyproject.toml
	python3 -m venv .venv && .venv/bin/pip install --quiet --editable ".[test]" && touch .venv

report: .venv  ## the report on the sample vault
	.venv/bin/vaultprune report sample_vault --now 2026-11-20

test: .venv  ## formatter, linter, type checker, tests
	.venv/bin/pytest

format: .venv  ## put the code in order
	.venv/bin/ruff format . && .venv/bin/ruff check --fix .

corpus: .venv  ## the tests that want real vaults: make corpus VAULTPRUNE_CORPUS=~/vaults
	.venv/bin/pytest tests/semantics tests/parse

.PHONY: torture
torture: .venv  ## everything that can go wrong while notes move, in full: about half an hour
	VAULTPRUNE_TORTURE=1 .venv/bin/pytest tests/archiving
