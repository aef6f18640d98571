# Corpus: `make run` and `make test` are all a newcomer needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
HOST ?= 127.0.0.1
DEV_STAMP := $(VENV)/.dev-installed
RUN_STAMP := $(VENV)/.installed
# Another fork of Whoosh installs the same package name, so it needs an environment of its own.
WHOOSH3 := .venv-whoosh3
WHOOSH3_STAMP := $(WHOOSH3)/.installed

define make_venv
@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Corpus needs Python 3.11 or newer; try: make PYTHON=python3.11 $(MAKECMDGOALS)")'
@$(PYTHON) -m venv $(1) || { echo "No venv here. Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
endef

.PHONY: help install run test test-whoosh3 nightly check format messages clean

help:  ## list the targets
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

install: $(RUN_STAMP)  ## make .venv with the pinned packages

$(BIN)/python:
	$(call make_venv,$(VENV))
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --upgrade pip

$(RUN_STAMP): pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[formats]'
	@touch $@

$(DEV_STAMP): $(RUN_STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,formats]'
	@touch $@

$(WHOOSH3_STAMP): constraints-whoosh3.txt
	$(call make_venv,$(WHOOSH3))
	$(WHOOSH3)/bin/python -m pip install --quiet --disable-pip-version-check --requirement constraints-whoosh3.txt
	@touch $@

run: install  ## migrate, load the demo into a new data directory (CORPUS_DEMO=0: do not), index, and serve on http://127.0.0.1:8000 (PORT, HOST)
	@HOST=$(HOST) PORT=$(PORT) $(BIN)/python manage.py start_site

test: $(DEV_STAMP)  ## run the tests (COVERAGE=1: and print which lines and branches they reach)
	$(BIN)/python -m pytest --numprocesses=auto --dist=loadfile $(if $(COVERAGE),--cov --cov-report=term)

test-whoosh3: $(WHOOSH3_STAMP)  ## run the engine's tests on whoosh3, the fork that reads and writes the same indexes
	$(WHOOSH3)/bin/python -m pytest -c tests/engine/without_django.ini --confcutdir=tests/engine tests/engine

nightly: $(DEV_STAMP)  ## the engine's tests at length: 20,000 equivalence cases, 200 killed writers
	ENGINE_CASES=20000 ENGINE_KILLS=200 $(BIN)/python -m pytest tests/engine

check: $(DEV_STAMP)  ## ruff, mypy --strict, import rules, patterns that explode, migrations, deployment check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.patterns.check
	$(BIN)/python manage.py makemigrations --check --dry-run
	HTTPS_ONLY=1 $(BIN)/python manage.py check --deploy --fail-level WARNING

format: $(DEV_STAMP)  ## put the code in form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: install  ## collect the texts of pages and code for translation, and compile the translations
	$(BIN)/python -m corpus_app.messages

clean:  ## remove what was built; the data in var/ stays
	rm -rf $(VENV) $(WHOOSH3) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
