# Two commands do all the set-up on a machine with Python 3.11 or later, git and make:
#   make demo   runs the main job on the sample reports and shows the result
#   make test   runs all the tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint types imports check bench pages docs clean

$(VENV)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: $(VENV)/.ready
	rm -f demo.db
	$(BIN)/dateline run examples/reports --db demo.db
	@echo
	$(BIN)/dateline show --db demo.db --first

test: $(VENV)/.ready
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.ready
	$(BIN)/mypy

imports: $(VENV)/.ready
	$(BIN)/lint-imports

check: lint types imports test

bench: $(VENV)/.ready
	$(BIN)/python -m benchmarks

# Writes the command line page and the output shown in README and tutorial from the commands themselves.
pages: $(VENV)/.ready
	$(BIN)/python scripts/cli_page.py
	$(BIN)/python scripts/console_blocks.py README.md docs/tutorial.md

docs: $(VENV)/.ready
	$(BIN)/mkdocs build --strict

clean:
	rm -rf $(VENV) site demo.db
