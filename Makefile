# Every task of the project. Needs Python 3.11, pip and make; everything else is put into .venv from the committed lock files.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
HOST ?= 127.0.0.1
PORT ?= 8000
CHROMIUM ?= chromium
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
UV_COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links --upgrade
BUILD_REQUIRES = import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['build-system']['requires'], sep='\n')
# Install a tool into a temporary environment: it is not part of the project, and may need other versions of packages.
THROWN_AWAY = folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && $(PYTHON) -m venv "$$folder" && \
	"$$folder/bin/python" -m pip --disable-pip-version-check --quiet install

.DEFAULT_GOAL := help
.PHONY: help serve test test-full test-browser test-node test-contract test-training test-ray test-image train-own changes fuzz fuzz-guided hostile hostile-table faults soak mutants openapi docs lock audit licences

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

serve: .venv/runtime.stamp ## Start the service on localhost:8000 (HOST= and PORT= change that)
	$(BIN)/attribution serve --host $(HOST) --port $(PORT)

test: .venv/test.stamp ## Lint, check types and imports, and run the tests that need only Python, without training
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --ignore=tests/training --ignore=tests/browser --ignore=tests/node --ignore=tests/ray

test-full: test test-browser test-node ## Run the same and the tests of the page and of the TypeScript client

test-browser: .venv/test.stamp ## Test the page in a browser: needs chromium (CHROMIUM= if it is not on the path)
	@command -v "$(CHROMIUM)" >/dev/null || { echo "There is no $(CHROMIUM) to test the page in. Install it (on Debian: apt-get install chromium), or say where it is: make test-browser CHROMIUM=/path/to/chromium" >&2; exit 1; }
	CHROMIUM="$(CHROMIUM)" $(BIN)/python -m pytest tests/browser

test-node: .venv/test.stamp tests/node/node_modules/stamp ## Lint openapi.yaml, use the TypeScript client (needs node and npm)
	$(BIN)/python -m pytest tests/node

test-contract: .venv/test.stamp ## Check the service against its contract with a thousand requests for each endpoint
	EXAMPLES=1000 $(BIN)/python -m pytest tests/api/test_schemathesis.py

test-training: .venv/train.stamp ## Run the tests of training (installs torch)
	$(BIN)/python -m pytest tests/training

test-ray: .venv/ray.stamp ## Read a batch on a local Ray (installs ray)
	$(BIN)/python -m pytest tests/ray

test-image: .venv/runtime.stamp ## Build the Dockerfile and run it (needs root, buildah and debootstrap)
	.ci/image

train-own: .venv/train.stamp ## Train a pipeline on the invented articles alone, into build/own-model, and measure it (half an hour)
	LD_PRELOAD=$(firstword $(wildcard /usr/lib/*/libjemalloc.so.2)) MALLOC_CONF=thp:always,dirty_decay_ms:20000,muzzy_decay_ms:20000 \
		ONEDNN_PRIMITIVE_CACHE_CAPACITY=20000 OMP_WAIT_POLICY=passive \
		$(BIN)/python -m training run training/own --recipe training/own.toml

changes: .venv/test.stamp ## Compare the answers to twenty invented articles with those of the model before
	$(BIN)/python -m evaluation changes training/own/own19.jsonl $$(ls evaluation/kept/* | sort --version-sort | tail -n 1) --run

fuzz: .venv/test.stamp ## Check the invariants of every answer on 200,000 random texts (hours; EXAMPLES= changes the number)
	EXAMPLES=$(or $(EXAMPLES),200000) $(BIN)/python -m pytest tests/attribution/test_invariants.py

fuzz-guided: .venv/fuzz.stamp ## Fuzz the mark scanner and the reader of HTML, guided by coverage, ten minutes each (SECONDS= changes that)
	$(BIN)/python tests/guided.py marks $(or $(SECONDS),600)
	$(BIN)/python tests/guided.py html $(or $(SECONDS),600)

hostile: .venv/test.stamp ## Time hostile texts at doubling sizes: each doubling should take about twice as long (an hour)
	$(BIN)/python -m evaluation hostile

hostile-table: .venv/test.stamp ## Send 20,000 characters of each to a live service, and print its answers with time and memory
	$(BIN)/python -m evaluation hostile --table

faults: .venv/test.stamp ## Break a live service in many ways while it reads articles, and print what was lost (some minutes)
	$(BIN)/python -m evaluation faults $(wildcard training/own/*.jsonl)

soak: .venv/test.stamp ## Keep a live service busy for an hour (MINUTES= changes that), and print a row a minute
	$(BIN)/python -m evaluation soak $(wildcard training/own/*.jsonl) --minutes $(or $(MINUTES),60)

mutants: .venv/test.stamp ## Put 100 small faults into the core, and print those that no test notices (an hour; MUTANTS= and SEED= change it)
	$(BIN)/python tests/mutants.py $(or $(MUTANTS),100) $(or $(SEED),0)

openapi: .venv/test.stamp ## Regenerate openapi.yaml and the table of options from the code
	$(BIN)/python -m api.contract

docs: .venv/docs.stamp ## Build the documentation into build/docs
	$(BIN)/mkdocs build --strict

lock: .venv/pip.stamp ## Update the lock files to the newest versions that pyproject.toml allows
	$(PIP) install uv
	$(UV_COMPILE) pyproject.toml --extra redis --output-file requirements.lock
	$(UV_COMPILE) pyproject.toml --extra test --constraint requirements.lock --output-file requirements-dev.lock
	$(BIN)/python -c "$(BUILD_REQUIRES)" | $(UV_COMPILE) - --output-file requirements-build.lock

audit: ## Look for known vulnerabilities in the versions that requirements.lock pins
	@$(THROWN_AWAY) pip-audit && "$$folder/bin/pip-audit" --strict --require-hashes --disable-pip --requirement requirements.lock

licences: .venv/runtime.stamp ## List the licences of what requirements.lock pins
	@$(THROWN_AWAY) pip-licenses && "$$folder/bin/pip-licenses" --python $(BIN)/python --from mixed --order license \
		--packages $$(sed -n 's/^\([A-Za-z0-9._-]*\)==.*/\1/p' requirements.lock)

# A stamp is newer than the files that its set-up was made from, so each set-up runs once until one of them changes.
.venv/pip.stamp:
	$(PYTHON) -m venv .venv
	touch $@

.venv/runtime.stamp: .venv/pip.stamp requirements.lock pyproject.toml
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --editable .
	touch $@

.venv/test.stamp: .venv/runtime.stamp requirements-dev.lock
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	touch $@

tests/node/node_modules/stamp: tests/node/package.json
	@command -v npm >/dev/null || { echo "There is no npm. Install it, and node (on Debian: apt-get install nodejs npm)." >&2; exit 1; }
	cd tests/node && npm install --no-package-lock --no-audit --no-fund --ignore-scripts
	touch $@

.venv/docs.stamp: .venv/runtime.stamp
	$(PIP) install --editable '.[docs]'
	touch $@

.venv/train.stamp: .venv/test.stamp
	$(PIP) install torch==2.13.0 --editable '.[train]'
	touch $@

.venv/fuzz.stamp: .venv/test.stamp
	$(PIP) install atheris==3.0.0
	touch $@

.venv/ray.stamp: .venv/test.stamp
	$(PIP) install --editable '.[ray]'
	touch $@
