# Everything needs only make and a Python from 3.11 on; the rest is set up in .venv, from the lock file.
PYTHON ?= python3
CORPUS ?= data/raw
OUT ?= data/parquet
REPORT ?= data/report
BIN := .venv/bin
STAMP := .venv/.set-up

.PHONY: help ingest audit test lint format docs site notebooks bench bench-scans bench-match lock clean

help:
	@echo "make ingest   tables of the sample decrees: $(CORPUS) -> $(OUT), and their audit -> $(REPORT)"
	@echo "make audit    the audit alone"
	@echo "make test     style, types and tests"
	@echo "make lint     style and types only"
	@echo "make format   rewrite the code in the house format"
	@echo "make docs     write the generated pages of docs/"
	@echo "make site     build the documentation into site/"
	@echo "make notebooks   run the notebooks over $(OUT), and keep them with their figures"
	@echo "make bench    time and memory over CORPUS=$(CORPUS)"
	@echo "make bench-scans   time and memory over the scans of CORPUS=$(CORPUS)"
	@echo "make bench-match   accuracy and speed of the matcher against peers; ROWS='--rows FILE.csv' for rows from elsewhere"
	@echo "make lock     pin all dependencies anew"
	@echo "make clean    remove .venv, tables and caches"

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "zi needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 ..." >&2; exit 2; }
	rm -rf .venv
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.venv: $(STAMP)

# Documents that failed (exit code 1) are listed in the tables, and no reason not to audit the others.
ingest: $(STAMP)
	@$(BIN)/zi ingest $(CORPUS) --out $(OUT); code=$$?; test $$code -le 1 || exit $$code; \
		$(BIN)/zi audit --parquet $(OUT) --out $(REPORT) && exit $$code

audit: $(STAMP)
	$(BIN)/zi audit --parquet $(OUT) --out $(REPORT)

test: lint
	$(BIN)/python -m pytest

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet . || { echo "run: make format" >&2; exit 1; }
	$(BIN)/mypy

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(STAMP)
	$(BIN)/python docs/build.py

site: docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --site-dir site

notebooks: $(STAMP)
	$(BIN)/python notebooks/build.py --parquet $(OUT)

bench: $(STAMP)
	$(BIN)/python bench/speed.py $(CORPUS)

bench-scans: $(STAMP)
	$(BIN)/python bench/scans.py $(CORPUS)

bench-match: $(STAMP)
	$(BIN)/python -m bench.match $(ROWS)

# Needs uv, which is not pinned: it writes the lock and is not used by anything else.
lock: $(STAMP)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --upgrade --quiet \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
		--extra dev pyproject.toml requirements-build.in --output-file requirements.lock

clean:
	rm -rf .venv build dist site *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	rm -rf $(OUT)/*.parquet $(OUT)/.zi $(REPORT)/report.html $(REPORT)/audit.xlsx $(REPORT)/crops
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
