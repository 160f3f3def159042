# `make` alone lists what there is.
PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python

# One environment serves both: what the tests need includes what the bot needs.
# A stamp carries its lock file's checksum, so an unchanged lock installs nothing.
RUN  := $(VENV)/.installed-run-$(shell cksum < requirements.lock | cut -d' ' -f1)
TEST := $(VENV)/.installed-test-$(shell cksum < requirements-dev.lock | cut -d' ' -f1)

# What was compiled once is not compiled again by each of those who run the tests: 7 s each.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test fuzz check fix lock bench screenshots $(VENV)

# After an upgrade of Python itself the stamps say nothing.
ifeq (,$(shell $(PY) -c 'import dotenv' 2>/dev/null && echo sound))
.PHONY: $(RUN) $(TEST)
endif

help: ## List these targets.
	@awk -F ':.*## ' '/^[.a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: $(RUN) ## Start the bot in a Slack-like workspace on this machine.
	@$(PY) -m bot sandbox

test: $(TEST) ## Run every test. ARGS="-k words" picks some.
	@$(PY) -m pytest -n logical --maxprocesses 4 --dist worksteal $(ARGS)

fuzz: $(TEST) ## Try every case of what `make test` tries a share of: zones, phrases, hostile texts.
	@SCALE=full $(PY) -m pytest tests/unit $(ARGS)

check: $(TEST) ## Format, lint, types, import contracts, tests: what a change must pass.
	@$(PY) -m ruff format --check
	@$(PY) -m ruff check
	@$(PY) -m mypy
	@$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	@$(MAKE) --no-print-directory test

fix: $(TEST) ## Mend format and lint as far as a machine can.
	@$(PY) -m ruff check --fix
	@$(PY) -m ruff format

bench: $(TEST) ## Measure /action add against a bare echo, and thousands of actions.
	@$(PY) -m tests.bench.bench_add
	@$(PY) -m tests.bench.bench_many

screenshots: $(TEST) ## Take the README's pictures of the sandbox page.
	@$(PY) -m tests.browser.screenshots

.venv: $(TEST) ## Make the environment for tests and editors.

COMPILE := pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
  --no-annotate --quiet --custom-compile-command "make lock"
lock: ## Write both lock files; ARGS=--upgrade takes the newest versions.
	@$(require-python)
	@set -e; tools=$$(mktemp -d); trap 'rm -rf "$$tools"' EXIT; \
	$(PYTHON) -m venv "$$tools"; "$$tools/bin/python" -m pip install --quiet uv; \
	"$$tools/bin/uv" $(COMPILE) $(ARGS) -o requirements.lock; \
	"$$tools/bin/uv" $(COMPILE) $(ARGS) --extra postgres --group dev --group browser \
	  -o requirements-dev.lock

define require-python
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
echo 'Concerted needs Python 3.11 or newer, and "$(PYTHON)" is not: install one, then say for example "make run PYTHON=python3.12".' >&2; exit 2; }; \
$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
echo 'This Python cannot make environments: install its venv module (on Debian or Ubuntu "sudo apt install python3-venv") and try again.' >&2; exit 2; }
endef

define install
@$(require-python); $(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
@echo 'Installing what Concerted needs into $(VENV): once, a minute or two.'
@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r $(1)
endef

$(RUN):
	$(call install,requirements.lock)
	@touch $@

$(TEST):
	$(call install,requirements-dev.lock)
	@touch $@ $(RUN)
