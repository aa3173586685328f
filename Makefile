# motcua: two commands are enough on a fresh Debian 12 (python3, python3-venv, make): `make run` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
export MOTCUA_HOME ?= $(CURDIR)/var

.PHONY: help setup dev run test bench check services lock messages clean
help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(VENV)/.run: requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

setup: $(VENV)/.run ## virtual environment with hashed requirements
dev: $(VENV)/.dev ## the same, with what tests and checks need

run: setup ## the demonstration province on http://localhost:8000
	$(BIN)/motcua demo load --if-empty
	$(BIN)/motcua serve

test: dev ## all tests, on SQLite; DATABASE_URL=… on that database
	$(BIN)/python -m pytest -n auto --dist loadgroup -q $(PYTEST_ARGS)

bench: dev ## ratios to physical limits, taken in one run (docs/performance.md)
	$(BIN)/python -m bench

check: dev ## linters, types, contracts
	$(BIN)/ruff check .
	$(BIN)/mypy src tests
	$(BIN)/lint-imports
	$(BIN)/python -m django makemigrations --check --dry-run --settings motcua.site.settings_test

services: ## optional parts from Debian: PostgreSQL, Chromium, PDF tools (needs root)
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql chromium poppler-utils wrk

lock: ## write the hashed requirement files anew
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements.in -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-dev.in -o requirements-dev.txt

messages: dev ## compile the translations (in Python, no gettext)
	$(BIN)/python tools/compile_messages.py

clean: ## remove the environment and the store of this checkout
	rm -rf $(VENV) var
