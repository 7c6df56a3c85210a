# Everything from a fresh clone: each target sets up what it needs.  `make help` lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help install run test lint format check lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(READY) ## set up: a virtual environment in this folder, and nothing else

$(READY): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	@echo "Setting up $(VENV): this takes about a minute the first time."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: install ## start the line at http://localhost:8000
	@$(BIN)/oms-line serve

test: install lint ## run every check and every test
	@$(BIN)/oms-line check
	@$(BIN)/pytest -n auto

lint: install ## style, types and architecture
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: install ## put the code in its usual form
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

check: install ## check content and translations only
	@$(BIN)/oms-line check

lock: ## resolve the dependencies anew
	@test -x $(BIN)/uv || { $(PYTHON) -m venv $(VENV) && $(BIN)/pip install --quiet uv; }
	@$(LOCK) pyproject.toml -o requirements.txt
	@$(LOCK) --extra embedded --extra recordings --extra storage --extra workshop --extra dev pyproject.toml -o requirements-dev.txt

clean: ## remove what was set up and made; the store in var/ stays
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage .import_linter_cache *.egg-info
