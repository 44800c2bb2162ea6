# Two commands are all a fresh clone needs: make annotate, make test.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: annotate test check bench perf clean

annotate: .venv/studio
	$(BIN)/goldwire studio up

test: .venv/dev
	$(BIN)/pytest -n logical --dist loadgroup

check: .venv/dev
	$(BIN)/goldwire check

bench: .venv/baselines
	$(BIN)/goldwire bench

perf: .venv/dev
	$(BIN)/python tests/benchmarks/check_speed.py
	$(BIN)/python tests/benchmarks/score_speed.py
	$(BIN)/python tests/benchmarks/start_speed.py
	$(BIN)/python tests/benchmarks/scale_speed.py

clean:
	rm -rf .venv dist

.venv/%: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[$*]'
	touch $@
