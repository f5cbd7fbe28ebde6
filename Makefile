# Everything here starts from a fresh clone with python3 (3.11 or newer) and make.
python ?= python3
venv := .venv/bin

.PHONY: run test test-long lint install install-dev

run: .venv/installed
	$(venv)/soundbox serve --host 127.0.0.1 --port 5309

test: .venv/installed-dev
	$(venv)/python -m pytest -n 2 --dist loadgroup -m "not long"

test-long: .venv/installed-dev
	$(venv)/python -m pytest -m long

lint: .venv/installed-dev
	$(venv)/ruff check .
	$(venv)/ruff format --check .
	$(venv)/mypy
	$(venv)/lint-imports
	$(venv)/djlint templates --check --lint

install: .venv/installed
install-dev: .venv/installed-dev

.venv/bin/python:
	$(python) -m venv .venv

.venv/installed: pyproject.toml | .venv/bin/python
	$(venv)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

.venv/installed-dev: pyproject.toml | .venv/bin/python
	$(venv)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	$(venv)/python -m pip install --quiet --disable-pip-version-check --no-deps audiocraft==1.3.0
	touch $@ .venv/installed
