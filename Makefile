# Every target sets itself up: Python 3.11+, git and make are all it takes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export NO_MKDOCS_2_WARNING := 1

.PHONY: site serve test check bench golden lock clean

site: $(READY)  ## check the demo and build its site into site/; its findings do not stop it
	$(BIN)/kamgen build

serve: $(READY)  ## show the site on this machine, rebuilt at every change
	$(BIN)/kamgen serve

test: lint  ## everything, browser tests included
	$(BIN)/python -m pytest -n auto --dist worksteal

check: lint  ## the quick half: all that needs no browser
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not browser"

.PHONY: lint
lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)  ## speed and weight as ratios; SIZES="100 1000 4000" for more
	$(BIN)/python -m tests.bench $(SIZES)

golden: $(READY)  ## rewrite everything that is generated and checked in, then read the diff
	KAMGEN_GOLDEN=1 $(BIN)/python -m pytest -m "not browser" -q

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kamgen needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

lock:  ## renew requirements.lock (needs uv)
	uv pip compile pyproject.toml --group dev --extra site --extra import --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate --upgrade -o requirements.lock

clean:
	rm -rf $(VENV) site
