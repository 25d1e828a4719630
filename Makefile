# The two commands of the README: `make demo` and `make test`. Both make .venv if it is missing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
QUESTION ?= How many AI companies are there in China?

.PHONY: demo test catalogues lint types evaluate lock clean

demo: $(VENV)/installed
	$(BIN)/corpusbot reindex --if-missing
	$(BIN)/corpusbot ask "$(QUESTION)"

test: $(VENV)/installed
	$(BIN)/corpusbot reindex --if-missing
	$(BIN)/python -m pytest

# Quotes, declining, latency, figures and their names on the halves of the labels that nothing was tuned on; docs/evaluation.md has the rest.
evaluate: $(VENV)/installed
	$(BIN)/corpusbot reindex --if-missing
	$(BIN)/corpusbot evaluate tests/questions/shipped.jsonl --half reported
	$(BIN)/corpusbot evaluate tests/questions/fresh.jsonl
	$(BIN)/corpusbot evaluate tests/questions/fresh2.jsonl
	$(BIN)/corpusbot evaluate tests/questions/fresh3.jsonl
	$(BIN)/corpusbot evaluate tests/questions/fresh4.jsonl
	$(BIN)/corpusbot evaluate tests/questions/languages.jsonl --half reported
	$(BIN)/corpusbot evaluate tests/questions/languages2.jsonl
	$(BIN)/corpusbot evaluate tests/figures/briefs.jsonl tests/figures/traps.jsonl tests/figures/press1.jsonl tests/figures/press2.jsonl tests/figures/press3.jsonl tests/figures/press4.jsonl tests/figures/press5.jsonl tests/figures/press6.jsonl --half reported
	$(BIN)/corpusbot evaluate tests/figures/metrics.jsonl tests/figures/near_metrics.jsonl --half reported

# Takes the bot's own words into the catalogues, where new ones are to be translated, and compiles them.
catalogues: $(VENV)/installed
	$(BIN)/pybabel --quiet extract --keywords say --keywords N_ --no-location --sort-output --project corpusbot -o bot/locale/corpusbot.pot bot
	$(BIN)/pybabel --quiet update --domain corpusbot --no-fuzzy-matching --ignore-obsolete -i bot/locale/corpusbot.pot -d bot/locale
	$(BIN)/pybabel --quiet compile --domain corpusbot -d bot/locale
	rm bot/locale/corpusbot.pot

lint: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed
	$(BIN)/mypy

# Where the larger encoder cannot be fetched, the smaller one does the work; the command says so.
$(VENV)/installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]'
	-$(BIN)/corpusbot install-encoder
	touch $@

# Writes constraints.txt anew from what is installed: run it after a change of pyproject.toml.
lock:
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	$(BIN)/python -m pip freeze --exclude-editable | sed 's/+cpu$$//' > constraints.txt

clean:
	rm -rf $(VENV) data .pytest_cache .mypy_cache .ruff_cache *.egg-info
