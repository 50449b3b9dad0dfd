# Every target bootstraps what it needs: a fresh machine with git, make and Python 3.11 or later is
# enough. `make help` lists the targets.

.DEFAULT_GOAL := help
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory

UV_VERSION := 0.13.9
APPLICANTS ?= 40
SEED ?= 1
PYTEST ?=
WHO ?= staff

# A uv on the PATH of at least this minor version will do; otherwise one of our own is installed.
UV := $(shell command -v uv >/dev/null 2>&1 && uv --version 2>/dev/null | awk '{split($$2, v, "."); if (v[1] > 0 || v[2] >= 8) print "uv"}')
ifeq ($(UV),)
UV := $(CURDIR)/.bootstrap/bin/uv
UV_NEEDED := .bootstrap/bin/uv
endif
export UV

RUN := $(UV) run --no-sync

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.bootstrap/bin/uv:
	@python=; for name in python3 python3.11 python3.12 python3.13; do \
	  if command -v $$name >/dev/null 2>&1 && $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then echo "roundtable: Python 3.11 or later is needed and none is on the PATH" >&2; exit 1; fi; \
	rm -rf .bootstrap; \
	echo "Installing uv $(UV_VERSION) into .bootstrap"; \
	{ $$python -m venv .bootstrap && .bootstrap/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION); } \
	  || { rm -rf .bootstrap; echo "roundtable: uv $(UV_VERSION) could not be installed; is the package registry reachable, and python3-venv installed?" >&2; exit 1; }

.venv/.synced: uv.lock pyproject.toml | $(UV_NEEDED)
	@$(UV) sync --frozen --quiet && touch $@

.PHONY: setup
setup: .venv/.synced ## create the environment from uv.lock

.PHONY: run
run: setup ## run the whole application here, until Ctrl-C
	@exec $(RUN) python -m local.run

.PHONY: mail
mail: setup ## list the mail sent so far; NUMBER=3 shows the third
	@$(RUN) python -m local.mailbox $(NUMBER)

.PHONY: clock
clock: setup ## show the time of the running application; AT="2022-10-21 23:50" sets it
	@$(RUN) python -m local.clock $(if $(AT),"$(AT)")

.PHONY: token
token: setup ## print an ID token for the running application; WHO=staff or WHO=reviewer
	@$(RUN) python -m local.users $(WHO)

.PHONY: test
test: setup ## run all tests; PYTEST='-k seats' runs some
	@$(RUN) pytest -n auto --dist loadgroup -m "not browser" $(PYTEST)

.PHONY: test-browser
test-browser: setup chromium ## run the tests in real Chromium; screenshots in build/browser
	@$(RUN) pytest -n 2 --dist loadgroup -m browser tests/browser $(PYTEST)

.PHONY: chromium
chromium:
	@command -v chromium >/dev/null 2>&1 || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && echo "Installing Debian's chromium" \
	    && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; } \
	|| { echo "roundtable: Chromium is needed; install it, for example by: sudo apt-get install chromium" >&2; exit 1; }

.PHONY: rehearse
rehearse: setup ## run a whole round with generated applicants; APPLICANTS=40 SEED=1
	@$(RUN) python -m local.rehearsal --applicants $(APPLICANTS) --seed $(SEED)

.PHONY: corpus
corpus: setup ## check letters and videos made for it, beside what a person says of them
	@$(RUN) python -m tests.corpus

.PHONY: check
check: setup ## what must pass before a change is merged
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) pyright
	$(RUN) lint-imports
	$(RUN) deptry .
	$(RUN) cfn-lint template.yaml
	$(MAKE) check-machine

.PHONY: check-machine
check-machine: setup ## validate the state machine with asl-validator, where npx is
	@mkdir -p build && $(RUN) python -m local.definition > build/application.asl.json
	@if command -v npx >/dev/null 2>&1; then npx --yes asl-validator@4.0.0 --json-path build/application.asl.json; \
	  else echo "asl-validator was not run: install Node.js, which has npx"; fi

.PHONY: clean
clean: ## remove everything made here, the saved state too
	@rm -rf .bootstrap .venv .roundtable .aws-sam build .pytest_cache .ruff_cache .hypothesis
