# `make run` sets up and reads the sample reports (or REPORTS=folder); `make test` sets up and checks;
# `make docs` builds the documentation into build/site.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DB ?= sqlite:///gongkai.db
REPORTS ?=
JOBS ?= $(shell nproc 2>/dev/null || echo 2)

ifeq ($(REPORTS),)
SOURCES := fixtures/reports --include 'source.*'
else
SOURCES := $(REPORTS)
endif

.PHONY: run test check format accuracy fixtures docs clean

run: $(VENV)/run.stamp
	@$(BIN)/gongkai run $(SOURCES) --db $(DB) --jobs $(JOBS) || [ $$? -eq 3 ]
	@echo
	@echo "For each agency and year: requests received, share granted, most frequent ground of refusal"
	@$(BIN)/gongkai query --db $(DB) "$$(cat docs/grounds_of_refusal.sql)"

test: $(VENV)/test.stamp
	-$(BIN)/python tests/system_packages.py
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto

format: $(VENV)/test.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

accuracy: $(VENV)/test.stamp
	$(BIN)/python -m benchmarks.accuracy fixtures/reports

fixtures: $(VENV)/test.stamp
	$(BIN)/python -m fixtures.make

docs: $(VENV)/docs.stamp
	$(BIN)/python -m sphinx -q -W --keep-going -c handbook docs build/site
	@echo "build/site/index.html"

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[ocr]'
	touch $@

$(VENV)/test.stamp: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@ $(VENV)/run.stamp

$(VENV)/docs.stamp: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[docs]'
	touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info gongkai.db export
