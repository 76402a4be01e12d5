# make run · test (test-core · test-browser) · test-aloud · test-firefox · test-deploy · test-export · lint · bench · soak
# Each sets up .venv by itself when it is missing or out of date.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
DENO := DENO_DIR=.venv/deno DENO_NO_UPDATE_CHECK=1 $(BIN)/deno

.PHONY: run test test-core test-browser test-aloud test-firefox test-deploy test-export lint bench soak clean

run: .venv/app
	$(BIN)/python -m streamlit run app.py --server.port $(PORT) --server.headless true

# Two at a time what needs no browser (what stays together: tests/conftest.py), in the order of the files: the few that train for
# long are among the first, and nobody waits for them at the end. Then the browser's own, one after the other: with the app's worker
# processes each of them needs the machine to itself; two at a time gained a minute and lost clicks, and beside the others they took
# as long as one after the other. What failed is tried once more: of more than a hundred in a real browser now and then one meets a
# moment that nobody else meets.
test: .venv/dev .venv/chromium
	$(MAKE) --no-print-directory test-core
	$(MAKE) --no-print-directory test-browser

test-core: .venv/dev
	$(BIN)/python -m pytest tests/core tests/pages -n 2 --no-loadscope-reorder

test-browser: .venv/dev .venv/chromium
	$(BIN)/python -m pytest tests/browser || $(BIN)/python -m pytest tests/browser --last-failed --last-failed-no-failures none

# What axe finds on every idea of every lesson; of each page as it opens `make test` asks.
test-aloud: .venv/dev .venv/chromium
	$(BIN)/python -m pytest tests/aloud

# Every page once in the other engine.
test-firefox: .venv/dev .venv/firefox
	$(BIN)/python -m pytest tests/firefox

# Two processes behind nginx, one of which is killed.
test-deploy: .venv/dev .venv/chromium .venv/nginx
	$(BIN)/python -m pytest tests/deploy

# Files that are taken home, opened by what reads them: PyTorch, Keras, ONNX Runtime, Jupyter, in an environment of their own.
RUNS ?= 60
test-export: .venv-export/ready
	.venv-export/bin/python -m tests.export.compare $(RUNS)

.venv-export/ready: requirements-export.txt requirements.txt
	$(PYTHON) -m venv .venv-export
	.venv-export/bin/python -m pip install --quiet --disable-pip-version-check --retries 1 -r requirements-export.txt
	touch $@

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
	$(BIN)/python -m benchmarks.handing_in
	$(BIN)/python -m benchmarks.clinic
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

.venv/firefox: | .venv/dev
	@if command -v firefox-esr firefox >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq firefox-esr >/dev/null; \
	else false; fi || echo "No Firefox could be installed; its tests will say so."
	@touch $@

.venv/nginx: | .venv/dev
	@if command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx-light >/dev/null; \
	else false; fi || echo "No nginx could be installed; its tests will say so."
	@touch $@

clean:
	rm -rf .venv .venv-export
