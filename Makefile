# Everything runs in .venv inside the checkout; all that a machine needs is Python 3.11 or later, and make.

SHELL := /bin/bash
VENV := .venv
RUN := $(VENV)/bin/python
DEMO := demo
TONGUE := $(if $(filter zh%,$(WFM_LOCALE) $(LC_ALL) $(LANG)),zh,en)
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

.PHONY: help demo test check bench docs clean

help:
	@echo "make demo   install, plan the example hotline, say where the page and the CSV files are"
	@echo "make test   run all tests, the examples in the documentation included"
	@echo "make check  format, lint, types, generated documentation"
	@echo "make bench  measure (minutes)"
	@echo "make docs   write the generated documentation again"
	@echo "make clean  remove what make made"

demo: $(VENV)/.stamp-run
	@rm -rf $(DEMO) && cp -R examples/hotline $(DEMO)
	@$(VENV)/bin/wfm plan $(DEMO) --locale $(TONGUE)

test: $(VENV)/.stamp-dev
	$(RUN) -m pytest -n auto --dist worksteal

check: $(VENV)/.stamp-dev
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(RUN) docs/generate.py --check

bench: $(VENV)/.stamp-dev
	$(RUN) -m benchmarks
	$(RUN) -m benchmarks all

docs: $(VENV)/.stamp-dev
	$(RUN) docs/generate.py

clean:
	rm -rf $(VENV) $(DEMO) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "wfm needs Python 3.11 or later on the PATH" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.stamp-run: $(VENV)/bin/python pyproject.toml
	$(RUN) -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.stamp-dev: $(VENV)/bin/python pyproject.toml
	$(RUN) -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $(VENV)/.stamp-run $@
