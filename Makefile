# One command per job; `make` lists them. All of them work in .venv, which they make themselves.
#   make test ARGS="-k search -x"     arguments for pytest, ontology-check, serve, bench, evaluate
#   make check ONLY="types format"    some checks only
#   make demo PYTHON=python3.12       another Python for a new .venv
#   make demo SYSTEM=no               leave the system's packages alone

PYTHON ?= python3
SYSTEM ?= yes
ARGS ?=
ONLY ?=
QUADS ?= 1000000
DATA ?= ../shared/data
BIN := .venv/bin
SETUP := $(PYTHON) scripts/setup.py $(if $(filter no,$(SYSTEM)),--no-system-packages)

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.SUFFIXES:
.PHONY: help demo test check ontology-check serve format bench bench-sparql evaluate docs samples lock setup clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: ## Search and query the sample documents in the browser: the one command after a clone
	@$(SETUP) run
	@$(BIN)/amic-kg demo $(ARGS)

test: setup ## Run all tests; services are used where AMIC_TEST_ELASTICSEARCH, AMIC_TEST_FUSEKI name them
	@$(BIN)/python -m pytest $(ARGS)

check: setup ## Check style, types, import layers, generated files and docker-compose.yml
	@$(BIN)/python scripts/checks.py $(ONLY)

ontology-check: setup ## Check the ontology: SKOS, SHACL, reasoning, links, mappings, coverage (ARGS="shapes")
	@PYTHONPATH=scripts $(BIN)/python -m ontology_check $(ARGS)

serve: ## Serve the site and the API on the data in .amic/
	@$(SETUP) run
	@$(BIN)/amic-kg serve $(ARGS)

format: setup ## Put the code into the house format
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

bench: setup ## Measure speed and size; never part of the tests
	@# One thread for matrices, as workers have it: else the parts measured alone would have two.
	@OPENBLAS_NUM_THREADS=1 $(BIN)/amic-kg bench $(ARGS)

bench-sparql: setup ## Measure SPARQL beside Fuseki, Oxigraph's server and rdflib-endpoint (QUADS=1000000)
	@QUADS=$(QUADS) scripts/bench_sparql.sh --markdown docs/reference/benchmarks-sparql.md $(ARGS)

evaluate: setup ## Measure extraction on the gold sets, and on the corpora of DATA if it is there
	@$(BIN)/amic-kg evaluate $(if $(wildcard $(DATA)/.),--data $(DATA)) \
		--markdown docs/reference/quality.md $(ARGS)

docs: setup ## Generate the reference pages in docs/reference/ anew
	@$(BIN)/amic-kg docs

samples: setup ## Generate the sample documents anew
	@$(BIN)/python samples/build.py

lock: setup ## Renew the locks after a change of pyproject.toml (UPGRADE=1: newer versions)
	@UPGRADE=$(UPGRADE) scripts/lock.sh

setup: ## Make .venv with the tools for tests and checks; instant when it stands
	@$(SETUP) dev

clean: ## Remove .venv, caches and builds; your data in .amic/ stays
	@rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build dist
	@rm -rf api/web/node_modules api/amic_kg_api/static/built
	@find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
