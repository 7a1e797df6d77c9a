# The portal's commands. `make` lists them.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
STATIC_SOURCES := $(shell find static -type f 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help run test lint format lock bench secret-key clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

run: $(VENV)/.installed .env var/static/.collected ## start the portal on http://127.0.0.1:$(PORT) with demo data
	@SITE_URL=$${SITE_URL:-http://127.0.0.1:$(PORT)} PORT=$(PORT) sh -c '\
	  $(BIN)/python manage.py migrate --verbosity 0 && \
	  $(BIN)/python manage.py load_demo --if-empty && \
	  $(BIN)/python manage.py rebuild_search --if-empty && \
	  echo "The portal answers on http://127.0.0.1:$(PORT) (Ctrl+C stops it)" && \
	  exec $(BIN)/granian --interface wsgi --host 127.0.0.1 --port $(PORT) --workers 2 --blocking-threads 3 \
	    --respawn-failed-workers --no-ws --log-level warning emmd.wsgi:application'

test: $(VENV)/.installed-dev ## run the whole suite: SQLite, PostgreSQL and the browser where they are
	@BIN=$(BIN) tests/run.sh

lint: $(VENV)/.installed-dev ## check style, templates and migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet templates
	DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python manage.py makemigrations --check --dry-run

format: $(VENV)/.installed-dev ## write the code as lint wants it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.installed var/static/.collected ## measure pages per second against a trivial view
	$(BIN)/python -m tests.bench

lock: $(VENV)/.installed-dev ## compile the hashed lock files from pyproject.toml
	$(BIN)/uv pip compile --quiet --native-tls --universal --python-version 3.11 --generate-hashes --no-header --upgrade pyproject.toml --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --native-tls --universal --python-version 3.11 --generate-hashes --no-header --upgrade --group dev pyproject.toml --output-file requirements-dev.txt

secret-key: ## print a new SECRET_KEY
	@$(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))'

clean: ## remove what can be made again; the database and uploads under var/ stay
	rm -rf $(VENV) var/static .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.env:
	@umask 077 && $(PYTHON) -c 'import secrets; print("ENVIRONMENT=development\nSECRET_KEY=" + secrets.token_urlsafe(50))' > .env
	@echo "Wrote .env for this machine; .env.example explains every setting."

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.installed

var/static/.collected: $(VENV)/.installed .env $(STATIC_SOURCES)
	@$(BIN)/python manage.py collectstatic --no-input --verbosity 0
	@touch $@
