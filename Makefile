# The commands of the tracker. `make run` and `make test` do their own set-up.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
RUN := $(VENV)/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run admin user test unit nightly trust check format bench pictures lock sbom clean

help: ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

run: $(VENV)/.installed .env ## set up, load the demo, serve at http://127.0.0.1:8000 (PORT=8001 for another port)
	@$(RUN) manage.py migrate --verbosity 0
	@$(RUN) manage.py load_demo --if-empty
	@echo
	@echo "  Timeline   http://127.0.0.1:$(PORT)/"
	@echo "  Admin      http://127.0.0.1:$(PORT)/admin/   (for an account: make admin)"
	@echo "  Actors     states and organisations need no entering: type a name in a field that searches, and add it"
	@echo "  About      name, owner, contact and licence of the site: fill in SITE_NAME and what follows it in .env"
	@echo "  Stop       Ctrl-C"
	@echo
	@SITE_URL=$${SITE_URL:-http://127.0.0.1:$(PORT)} $(RUN) manage.py runserver 127.0.0.1:$(PORT)

admin: $(VENV)/.installed .env ## make an admin account with a random password, shown once (NAME=ada)
	@$(RUN) manage.py migrate --verbosity 0
	@$(RUN) manage.py new_admin $(or $(NAME),admin)

user: $(VENV)/.installed .env ## make an account of a role, password shown once (NAME=bela ROLE=viewer|editor|reviewer|administrator)
	@$(RUN) manage.py migrate --verbosity 0
	@$(RUN) manage.py new_user '$(NAME)' --role '$(ROLE)'

test: $(VENV)/.installed-dev ## what CI runs; says what it leaves out (INSIST=1: nothing)
	@$(RUN) -m tests.suite $(if $(INSIST),--insist)

unit: $(VENV)/.installed-dev ## the unit tests alone, before each commit
	@$(RUN) -m tests.suite --unit

nightly: $(VENV)/.installed-dev ## the rest of the suite, and when each part last passed (PART=zone: some of them; docs/testing.md)
	@$(RUN) -m tests.suite --nightly $(if $(INSIST),--insist) $(if $(PART),--part="$(PART)")

trust: $(VENV)/.installed-dev ## bad requests, kills, full disk and more on real servers (REDUCED=1: a tenth; docs/testing.md)
	@$(RUN) -m tests.trust $(if $(REDUCED),--reduced)

check: $(VENV)/.installed-dev ## lint, types, migrations, production settings
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/bandit --quiet --configfile pyproject.toml --recursive timeline tracker manage.py gunicorn.conf.py
	@$(RUN) manage.py makemigrations --check --dry-run
	@SITE_URL=https://tracker.example ALLOWED_HOSTS=tracker.example SECRET_KEY="$$($(RUN) -m tracker.new_key)" \
		$(RUN) manage.py check --deploy --fail-level WARNING

format: $(VENV)/.installed-dev ## put the code into its one shape
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

bench: $(VENV)/.installed-dev ## print speed, size and memory, each beside its goal or a reference (EVENTS=100000, SHORT=1: two minutes)
ifdef SHORT
	@$(RUN) -m benchmarks.addresses $(or $(EVENTS),10000) --short
else
	@failed=0; for part in "benchmarks.addresses $(or $(EVENTS),100000)" "benchmarks $(or $(EVENTS),100000)" "benchmarks.throughput $(or $(EVENTS),100000)" \
		benchmarks.exports benchmarks.imports benchmarks.admin; do $(RUN) -m $$part || failed=1; done; \
	if command -v chromium > /dev/null; then $(RUN) -m benchmarks.chart || failed=1; \
	else echo "LEFT OUT  the chart in a browser: there is no chromium on this machine"; fi; exit $$failed
endif

pictures: $(VENV)/.installed-dev ## make the pictures of docs/editors.md anew; needs chromium
	@$(RUN) -m pytest -q -p playwright -p no:randomly tests/browser/pictures.py

LOCK := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url

lock: $(VENV)/.installed-dev ## resolve requirements*.txt anew into the lock files, for Python 3.11 and later
	@$(RUN) -m pip install --quiet uv
	@$(LOCK) --upgrade requirements.txt -o requirements.lock
	@$(LOCK) --upgrade requirements-dev.txt -c requirements.lock -o requirements-dev.lock

sbom: $(VENV)/.installed-dev ## write the bill of materials, sbom.json (CycloneDX)
	@$(RUN) -m cyclonedx_py requirements requirements.lock --output-file sbom.json
	@echo "sbom.json"

clean: ## remove the environment; the database stays
	rm -rf $(VENV) staticfiles

$(VENV)/.installed: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed, this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 run" if sys.version_info < (3, 11) else 0)'
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	@echo "Installing what the tracker needs ..."
	@$(RUN) -m pip install --quiet --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	@echo "Installing what the tests need ..."
	@$(RUN) -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

.env: | $(VENV)/.installed
	@umask 077 && { printf 'SECRET_KEY=%s\nSELF_REVIEW=true\n' "$$($(RUN) -m tracker.new_key)"; \
	printf '# Shown to readers; empty: the pages say that it is not stated\nSITE_NAME=\nSITE_OWNER=\nSITE_CONTACT=\nDATA_LICENCE=\nDATA_LICENCE_URL=\nABOUT_FILE=\n'; } > $@
