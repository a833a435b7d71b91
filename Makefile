# One place for every command; each target works from a fresh clone and may be run twice.
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
export JITASA_DATA_DIR ?= $(CURDIR)/data
# Where the environment forbids Python to keep what it compiled, every process would compile all anew: 5 s each.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup run test test-browser test-sqlite test-postgresql test-days mutants lint types contracts check-migrations bench evening failover docs tables lock messages clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

$(VENV)/.ready: requirements.lock requirements-product.lock requirements-build.lock pyproject.toml scripts/setup.sh
	@bash scripts/setup.sh $(VENV)
	@touch $@

setup: $(VENV)/.ready ## install everything into .venv

run: setup ## set up, fill an embedded database with demonstration data and serve the site
	@$(VENV)/bin/jitasa demo --port $(PORT)

test: setup ## every test: SQLite, PostgreSQL and the browser journeys
	@bash scripts/test.sh

test-sqlite: setup ## services and pages on SQLite
	@JITASA_DATABASE_URL= $(VENV)/bin/pytest -n 3 --dist worksteal --no-migrations -m "not browser"

test-postgresql: setup ## the same tests on PostgreSQL
	@$(PY) scripts/with_postgresql.py $(VENV)/bin/pytest -n 3 --dist worksteal -m "not browser"

test-browser: setup ## journeys in chromium
	@JITASA_DATABASE_URL= $(VENV)/bin/pytest -n 3 --dist worksteal --no-migrations tests/browser

test-days: setup ## tests that ask the day, on other days: DAY=turn, DAY=leap, DAY="2028-02-29 10:00", DAY=list; all when none is named
	@$(PY) scripts/on_days.py "$(or $(DAY),all)" $(if $(ONLY),-- $(ONLY))

mutants: setup ## change the code of rules, tallies, numbers, scope and thai; tests must notice: ONLY="jitasa.thai.*", EVERY=5
	@$(PY) scripts/mutants.py $(if $(EVERY),--every $(EVERY)) $(ONLY)

lint: setup ## ruff, import contracts, strict types, migrations, templates
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check .
	@$(VENV)/bin/lint-imports
	@$(VENV)/bin/mypy
	@$(VENV)/bin/jitasa makemigrations --check --dry-run
	@$(VENV)/bin/djlint jitasa --lint --quiet

bench: setup ## measure the budgets of design and print them as ratios
	@BENCH_ONLY=$(ONLY) BENCH_JSON=$(JSON) $(PY) -m bench

evening: setup ## the last evening of a month, with what can go wrong: FAULT=all (web, worker, database, disk), OFFICES=7850, MINUTES=1
	@EVENING_FAULT=$(or $(FAULT),none) EVENING_OFFICES=$(or $(OFFICES),600) EVENING_SECONDS=$(if $(MINUTES),$$(( $(MINUTES) * 60 )),60) BENCH_JSON=$(JSON) \
	  JITASA_PG_DURABLE=1 $(PY) scripts/with_postgresql.py $(PY) -m bench.evening

failover: setup ## store of files, standby and primary are lost one after the other while offices send, over two web hosts: OFFICES=240 SECONDS=80
	@FAILOVER_OFFICES=$(or $(OFFICES),240) FAILOVER_SECONDS=$(or $(SECONDS),80) $(PY) -m bench.failover

docs: setup ## remake the manual's pictures from the real screens
	@$(PY) scripts/manual_pictures.py

tables: setup ## write the tables of an empty database, with which `make run` begins, anew from the migrations
	@PYTHONPATH=. $(PY) scripts/ready_tables.py

lock: setup ## pin all packages with hashes from pyproject.toml (UPGRADE=1 renews them)
	@bash scripts/lock.sh $(VENV)

messages: setup ## collect interface strings and compile the translations
	@cd jitasa && ../$(VENV)/bin/python -m django makemessages -l en --no-location -i "tests" -i "migrations" -i "demo" --settings jitasa.config.settings
	@$(VENV)/bin/pybabel -q compile -d jitasa/locale -D django

clean: ## remove what was built (never data)
	@rm -rf $(VENV) staticfiles .mypy_cache .ruff_cache .pytest_cache mutants
