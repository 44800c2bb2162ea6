# Two commands are all a fresh clone needs: make annotate, make test.
PYTHON ?= python3
BIN := .venv/bin
unexport PYTHONDONTWRITEBYTECODE # the tests start hundreds of commands: none should compile goldwire anew

.PHONY: annotate test quick taggers flair check bench perf clean

annotate: .venv/studio
	$(BIN)/goldwire studio up

test: .venv/dev
	$(BIN)/python tools/programs.py
	$(BIN)/pytest -n logical --dist loadgroup --no-loadscope-reorder

# What needs no server, no browser and hardly a process: for every few minutes of work.
quick: .venv/dev
	$(BIN)/pytest -n logical --dist loadgroup --no-loadscope-reorder tests/text tests/scoring tests/formats tests/checks tests/test_rooms.py

# Real taggers need torch, which spaCy would load wherever it finds it: each gets an environment of its own.
taggers flair: %: .venv-%/made
	.venv-$*/bin/pytest tests/with_$*.py

check: .venv/dev
	$(BIN)/goldwire check

bench: .venv/baselines
	$(BIN)/goldwire bench

perf: export PERF_RESULTS = .goldwire/perf.json
perf: .venv/dev
	mkdir -p .goldwire && rm -f $(PERF_RESULTS)
	for each in "check_speed.py 10" score_speed.py start_speed.py "candidates_speed.py 2000" studio_speed.py \
		segmenter_speed.py "scale_speed.py 1000 4000"; do $(BIN)/python tests/benchmarks/$$each || exit 1; done
	$(BIN)/python tests/benchmarks/perf_report.py $(PERF_RESULTS)

clean:
	rm -rf .venv .venv-* dist

.venv/%: pyproject.toml
	$(PYTHON) tools/install.py .venv $*
	touch $@

.venv-%/made: pyproject.toml
	$(PYTHON) tools/install.py .venv-$* $*
	touch $@
