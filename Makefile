# Everything a newcomer types. `make test` and `make demo` need python3 (3.10 to 3.13) and make, nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# `make evaluate PIN=--pin` records the scores as the floors; to lower one, add --reason "why" to PIN.
PIN ?=
SHARED ?= $(if $(MINUTESMINER_SHARED),$(MINUTESMINER_SHARED),../shared)
SCORE := $(BIN)/python -m minutesminer.evaluate --floors corpus/floors.json $(PIN)

# Stories that say which later items answer which request; `tests/evaluate/test_stories.py` holds their floors.
STORIES := corpus/follow_through $(addprefix tests/held_out/,c d e f g h i j k)

# Where `make scale-explore` makes its database, which is used again.
SCALE_DB ?= build/ten_million.db

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint typecheck evaluate bench scale scale-explore docs build clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## Make .venv with the pinned versions (done by the others when needed)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade -c constraints.txt pip
	$(BIN)/python -m pip install --quiet -c constraints.txt --build-constraint constraints.txt \
		-e '.[explore,charts,frames,parquet,ocr,office]' --group dev
	@touch $@

demo: $(STAMP) ## Mine the packaged minutes into db/minutes.db and say what to type next
	$(BIN)/minutesminer run --db db/minutes.db

test: $(STAMP) ## Run the tests
	$(BIN)/python -m pytest

lint: $(STAMP) ## Check the style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

typecheck: $(STAMP) ## Check the types
	$(BIN)/mypy

evaluate: $(STAMP) ## Score against hand-made annotation, by set and council, and compare with the floors
	MINUTESMINER_SHARED=$(SHARED) $(BIN)/python -m minutesminer.evaluate.sets
	$(SCORE) --name corpus corpus corpus
	@set -e; for set in a b c d e f g h i j k; do \
		$(SCORE) --name held_out_$$set tests/held_out/$$set tests/held_out/$$set; done
	@set -e; for story in $(STORIES); do \
		$(BIN)/python -m minutesminer.evaluate.follow_through $$story; done
	@if [ -d $(SHARED)/gold ]; then set -e; \
		$(SCORE) --name gold $(SHARED)/gold $(SHARED)/seeds; \
		$(SCORE) --name gold_fixtures $(SHARED)/gold_fixtures $(SHARED)/fixtures; fi
	@if [ -d tests/hard ]; then $(BIN)/python -m minutesminer.evaluate.hard --floor 0.9 tests/hard/*.json; fi
	@if [ -n '$(PIN)' ]; then set -e; \
		MINUTESMINER_SHARED=$(SHARED) $(BIN)/python -m minutesminer.evaluate.how_good --record docs/scores.json; \
		$(BIN)/python docs/generate.py; fi

bench: $(STAMP) ## Time mining against spaCy's blank tokenizer, see that its memory is bounded; time parsing and linking
	$(BIN)/python -m minutesminer.evaluate.bench
	$(BIN)/python -m minutesminer.evaluate.bench_parse
	$(BIN)/python -m minutesminer.evaluate.bench_link

scale: $(STAMP) ## Link 100,000 requests against 1,000,000 invented items of 300 councils (ten minutes, 3 GB of disk)
	$(BIN)/python -m minutesminer.evaluate.bench_link --councils 300 --items 1000000 --requests 100000

scale-explore: $(STAMP) ## Time series and pages on 10,000,000 invented figures (the first time ten minutes, 13 GB)
	@mkdir -p $(dir $(SCALE_DB))
	$(BIN)/python -m minutesminer.evaluate.bench_explore --db $(SCALE_DB)

docs: $(STAMP) ## Print the generated pages of docs/ anew
	$(BIN)/python docs/generate.py

build: $(STAMP) ## Build the wheel into dist/
	$(BIN)/python -m build --wheel

clean: ## Remove what make has made, but not the databases
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
