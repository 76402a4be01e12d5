# make run · test · lint · bench · soak     Each sets up .venv by itself when it is missing or out of date.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
DENO := DENO_DIR=.venv/deno DENO_NO_UPDATE_CHECK=1 $(BIN)/deno

.PHONY: run test lint bench soak clean

run: .venv/app
	$(BIN)/python -m streamlit run app.py --server.port $(PORT) --server.headless true

# Two at a time: first what needs no browser, then the browser's own. What stays together: tests/conftest.py.
test: .venv/dev .venv/chromium
	$(BIN)/python -m pytest tests/core tests/pages -n 2
	$(BIN)/python -m pytest tests/browser -n 2

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(DENO) check --quiet assets
	$(DENO) lint --quiet

bench: .venv/dev .venv/chromium
	$(BIN)/python -m benchmarks.engine
	$(BIN)/python -m benchmarks.convolution
	$(BIN)/python -m benchmarks.gan
	$(BIN)/python -m benchmarks.own_table
	$(BIN)/python -m benchmarks.table
	$(BIN)/python -m benchmarks.race
	$(BIN)/python -m benchmarks.lessons
	$(BIN)/python -m benchmarks.player
	$(BIN)/python -m benchmarks.classroom
	$(BIN)/python -m benchmarks.classroom --different

soak: .venv/dev
	$(BIN)/python -m benchmarks.soak

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version)'
	$(PYTHON) -m venv .venv

.venv/app: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/dev: requirements-dev.txt requirements-dask.txt requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ .venv/app

# Browser tests want Chromium: the system's own, Debian's package (as root), or Playwright's download.
.venv/chromium: | .venv/dev
	@if command -v chromium chromium-browser google-chrome >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	else $(BIN)/playwright install chromium; fi || echo "No Chromium could be installed; browser tests will say so."
	@touch $@

clean:
	rm -rf .venv
