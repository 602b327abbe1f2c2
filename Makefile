# `make` alone says what there is. Settings are environment variables: OPENPMM_PORT, OPENPMM_DATA_DIR, ... (README).
PYTHON ?= python3
VENV := .venv/bin
STACK := $(VENV)/python -m local_stack

.DEFAULT_GOAL := help
.PHONY: help env run up down status logs reset test drills bench reference test-kafka check format contracts lock

help:  ## this list
	@awk -F ':.*## ' '/^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

##@ Run the whole mechanism on this machine
run: env  ## in the foreground; Ctrl-C stops everything
	@exec $(STACK) run

up: env  ## in the background; returns when everything is ready
	@$(STACK) up

down: env  ## stop it
	@$(STACK) down

status: env  ## what runs, where, since when
	@$(STACK) status

logs: env  ## the last log lines; of one component: make logs c=gateway
	@$(STACK) logs $(c)

reset: env  ## stop it and delete its data
	@$(STACK) reset

##@ Check a change
test: env  ## unit, contract, component, end-to-end and reference tests on free ports
	$(VENV)/pytest libs services clients deploy tests -m "not drill" --ignore=tests/drills --ignore=tests/bench --ignore=tests/kafka

check: env  ## lint, types, import contracts
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy $(wildcard libs/*/src services/*/src clients/*/src deploy/local/src) tools conftest.py tests
	@for folder in $$(find libs services clients deploy -path '*/tests*' -name '*.py' -exec dirname {} + | sort -u); do \
		$(VENV)/mypy --no-error-summary $$folder/*.py || exit 1; done
	$(VENV)/lint-imports --no-cache

format: env  ## bring the sources into shape
	$(VENV)/ruff check --fix-only .
	$(VENV)/ruff format .

##@ Slow or special
drills: env  ## slow: every process killed in turn, fuzzing, a swarm of systems, the pages in a real browser
	$(VENV)/pytest -m drill tests/drills tests/browser

bench: env  ## measure the speed bars of docs/benchmarks.md
	$(VENV)/python -m tests.bench.run

reference: env  ## HDI 2022 and LPI 2016 through the gateway, compared with what was published
	$(VENV)/python -m tests.reference.run

test-kafka: env  ## messaging and end-to-end tests against a real Apache Kafka (needs Java 17 and Maven)
	$(VENV)/python -m tests.kafka.run

##@ Maintain
env:  ## set .venv up; does nothing when it is up to date
	@$(PYTHON) tools/environment.py

contracts: env  ## write contracts/openapi anew from the code
	@$(VENV)/python tools/contracts.py

lock:  ## compile requirements.lock anew from all pyproject.toml files
	@$(PYTHON) tools/lock.py
