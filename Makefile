# Needs Python 3.11 or newer, make and git; everything else is fetched.
.DEFAULT_GOAL := help
SHELL := /bin/sh
.PHONY: help run test test-all bench screenshots query-baseline lint lint-style lint-types lint-layers lint-templates lint-migrations lint-schema schema format shell install install-dev requirements clean

# The newest Python at hand that is known to work; PYTHON=... names another.
PYTHON ?= $(shell for name in python3.12 python3.11 python3.13 python3.14 python3; do \
	command -v $$name >/dev/null 2>&1 \
	&& $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$name && exit; done; echo python3)
VENV := .venv/bin
BOOTSTRAP := $(PYTHON) -I advocacy/embedded/bootstrap.py
EMBEDDED := $(VENV)/python -m advocacy.embedded
WITH_TEST_SERVICES := $(EMBEDDED) run --instance test --end-with-parent --

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1	/' | expand -t 24

run: install ## Start everything on http://127.0.0.1:8000 (PORT=... moves it)
	@exec $(EMBEDDED) up --end-with-parent

query-baseline: install-dev ## Write the query counts of every page anew
	@exec $(WITH_TEST_SERVICES) $(VENV)/python -m pytest -q tests/contracts/test_queries.py --update-queries

# Tests are rewritten for their messages, which takes longer than collecting them: kept as bytecode.
test: export PYTHONDONTWRITEBYTECODE =
test: install-dev ## Run the whole test suite (ARGS=... goes to pytest)
	@exec $(WITH_TEST_SERVICES) $(VENV)/python -m pytest -n 2 --dist worksteal $(ARGS)

test-all: export FULL = 1
test-all: test ## The suite with every role at every address, all sizes and themes, all faults

bench: install-dev ## Measure everything against its floor (ARGS="--advocates 2000" quickly)
	@exec $(WITH_TEST_SERVICES) env DJANGO_SETTINGS_MODULE=advocacy.settings.test \
		$(VENV)/python -m bench $(ARGS)

screenshots: install-dev ## Take the pictures of the README anew (docs/pictures/)
	@$(VENV)/python -m tests.e2e.pictures

lint: lint-style lint-types lint-layers lint-templates lint-migrations lint-schema ## Check everything but behaviour

lint-style: install-dev
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .

lint-types: install-dev
	$(VENV)/mypy

lint-layers: install-dev
	$(VENV)/lint-imports --no-cache

lint-templates: install-dev
	$(VENV)/djlint templates --lint --quiet

lint-migrations: install-dev
	DJANGO_SETTINGS_MODULE=advocacy.settings.test $(WITH_TEST_SERVICES) \
		$(VENV)/python manage.py makemigrations --check --dry-run

SPECTACULAR := DJANGO_SETTINGS_MODULE=advocacy.settings.development $(VENV)/python manage.py \
	spectacular --validate --fail-on-warn

lint-schema: install-dev
	@$(SPECTACULAR) | diff -u docs/openapi.yaml - || { echo "run make schema"; exit 1; }

schema: install-dev ## Write the description of the REST interface anew (docs/openapi.yaml)
	@$(SPECTACULAR) --file docs/openapi.yaml

format: install-dev ## Put the code into the house style
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

shell: install ## A Python shell beside the demo's data
	@exec $(EMBEDDED) run -- $(VENV)/python manage.py shell

install:
	@$(BOOTSTRAP) run
	@$(EMBEDDED) build

install-dev:
	@$(BOOTSTRAP) dev
	@$(EMBEDDED) build

COMPILE := CUSTOM_COMPILE_COMMAND="make requirements" .data/tools/bin/pip-compile --quiet --upgrade \
	--strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-emit-trusted-host --no-emit-options

requirements: ## Lock newer versions of the dependencies
	$(PYTHON) -m venv .data/tools
	.data/tools/bin/pip install --quiet pip-tools
	$(COMPILE) -o requirements.txt pyproject.toml
	$(COMPILE) --extra s3 -c requirements.txt -o requirements-s3.txt pyproject.toml
	$(COMPILE) --extra embedded -c requirements.txt -o requirements-embedded.txt pyproject.toml
	$(COMPILE) --extra embedded --extra dev -c requirements-embedded.txt \
		-o requirements-dev.txt pyproject.toml

clean: ## Remove caches and the tests' data; the demo's data stays
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis staticfiles
	rm -rf screenshots .data/test
	find . -name __pycache__ -not -path './.venv/*' -not -path './node_modules/*' -prune \
		-exec rm -rf {} +
