# Needs Python 3.11 or later, nothing else: the database comes with the dependencies.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
PARTICIPANTS ?= 2000
N ?= 100000
ARGS ?=

APPS := rtr territories badges journeys evaluation
BIN := .venv/bin
# On the private database, even where another is meant for the tests.
MANAGE := env -u DATABASE_URL $(BIN)/python manage.py
LOCK := requirements/dev.txt
# Copy of the lock that .venv was installed from: nothing is installed while they agree.
STAMP := .venv/installed.txt

.DEFAULT_GOAL := help
.PHONY: help install demo run test trials bench quality fix services

help:  ## Lists what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(STAMP)  ## Creates .venv and installs the locked dependencies

$(STAMP): $(LOCK)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Il faut Python 3.11 ou plus récent (PYTHON=… pour le choisir)."; exit 1; }
	@cmp -s $(LOCK) $(STAMP) || { \
		echo "Installation des dépendances (une à deux minutes la première fois)…"; \
		test -x $(BIN)/pip || $(PYTHON) -m venv --clear .venv; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check \
			--root-user-action=ignore --require-hashes -r $(LOCK); }
	@cp $(LOCK) $(STAMP)

demo: install  ## Everything on http://localhost:8000 (PORT=, PARTICIPANTS=)
	@RTR_DEMO=1 exec $(BIN)/python manage.py demo --with-parent --port $(PORT) --participants $(PARTICIPANTS)

run: install  ## The server that reloads as you write code
	@RTR_DEBUG=1 RTR_DEMO=1 $(BIN)/python manage.py migrate --verbosity 0
	@export RTR_DEBUG=1 RTR_DEMO=1; $(BIN)/python manage.py sweep & \
		trap "kill $$!" EXIT; $(BIN)/python manage.py runserver $(PORT)

test: install services  ## Unit, API, security and browser tests (ARGS="-k nom")
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

trials: install services  ## The heavy trials, at full count
	@RTR_TRIALS=full $(BIN)/python -m pytest -m trial $(ARGS)

bench: install  ## Ratios to the physical limits (N= participants)
	@N=$(N) $(BIN)/python -m bench $(ARGS)

quality: install  ## Style, layers, migrations, deployment settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/lint-imports --no-logo
	$(MANAGE) makemigrations --check --dry-run
	RTR_LINT=1 $(MANAGE) lintmigrations --no-cache --quiet ok ignore \
		--warnings-as-errors --include-apps $(APPS) --ignore-name-contains 0001_
	SITE_URL=https://rtr.example ALLOWED_HOSTS=rtr.example \
		$(MANAGE) check --deploy --fail-level WARNING --database default

fix: install  ## Rewrites what the style rules can rewrite
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Debian's Redis and Chromium, where apt may be used; else the tests say what they did not run.
services:
	@missing=""; \
	command -v redis-server >/dev/null || missing="redis-server"; \
	command -v chromium >/dev/null \
		|| missing="$$missing chromium fonts-noto-core fonts-noto-color-emoji"; \
	test -z "$$missing" && exit 0; \
	command -v apt-get >/dev/null && test "$$(id -u)" = 0 \
		|| { echo "Pour lancer tous les tests : apt install $$missing"; exit 0; }; \
	echo "Installation de $$missing…"; export DEBIAN_FRONTEND=noninteractive; \
	apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing >/dev/null \
		|| echo "apt n’a pas pu installer : $$missing"
