# Every command of the project. `make` alone lists them.
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# Compiled modules are kept beside the environment: each of the many processes of the tests starts half a second sooner.
export PYTHONDONTWRITEBYTECODE =
export PYTHONPYCACHEPREFIX = $(CURDIR)/$(VENV)/pycache

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-data test races coverage check fix bench docs lock

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/ready ## Make the virtual environment from the hashed lock

$(VENV)/ready: requirements.lock pyproject.toml
	python3 -m venv $(VENV)
	@echo "Installing into $(VENV): about a minute or two the first time."
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup ## Play the main job and stay up (PORT=8000)
	@$(BIN)/consentry demo --port $(PORT)

demo-data: setup ## Do all of the demo but the waiting server
	@$(BIN)/consentry demo --port $(PORT) --data-only

test: setup ## Run the tests (a real PostgreSQL of the project's own, real HTTP, a browser where there is one)
	$(BIN)/python -m pytest -n auto --dist loadscope --no-loadscope-reorder

races: setup ## Run each race of the tests a thousand times (TIMES=1000): most of an hour
	CONSENTRY_RACES=$(or $(TIMES),1000) $(BIN)/python -m pytest -n $$(nproc) --dist worksteal -m races

coverage: setup ## Run the tests and hold branch coverage: 100 % of rules, audit and actions, 95 % of all
	$(BIN)/python -m pytest -n auto --dist loadscope --no-loadscope-reorder --cov --cov-branch --cov-report=
	$(BIN)/coverage report --include='*/rules/*,*/audit/*,*/actions/*' --fail-under=100
	$(BIN)/coverage report --fail-under=95

check: setup ## Lint, types, layers, budgets, migrations, generated docs fresh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --check --lint src/consentry/web/templates
	$(BIN)/mypy
	$(BIN)/lint-imports
	DJANGO_SETTINGS_MODULE=consentry.project.settings $(BIN)/django-admin makemigrations --check --dry-run
	$(BIN)/python -m docs.generate --check
	$(BIN)/python -m pytest tests/test_repository.py

fix: setup ## Mend what can be mended by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djlint --reformat src/consentry/web/templates

bench: .venv-bench/ready ## Measure side by side with other ways of doing it (QUICK=1: in short)
	.venv-bench/bin/python -m bench $(if $(QUICK),--quick)

.venv-bench/ready: bench/requirements.lock pyproject.toml
	python3 -m venv .venv-bench
	.venv-bench/bin/pip install --quiet --disable-pip-version-check --require-hashes -r bench/requirements.lock
	.venv-bench/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

docs: setup ## Write the generated pages of docs/reference
	$(BIN)/python -m docs.generate

lock: setup ## Write requirements.lock anew from pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --extra dev \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --extra bench \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file bench/requirements.lock pyproject.toml
