# Waypoint's commands. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help run test lint types bench bench-mail bench-packets shots clean
PY := .venv/bin/python

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.* ## \(.*\)/  make \1|\2/p' Makefile | column -t -s '|' 2>/dev/null || grep -E '^[a-z-]+:.* ## ' Makefile

run: ## start Waypoint on http://127.0.0.1:8000 (PORT=… for another port); the first start fills it with an invented organisation
	@tools/venv.sh requirements.txt
	@exec $(PY) -m tools.start

test: ## check the style, then run all tests on SQLite and on PostgreSQL (both fetched if missing)
	@tools/venv.sh requirements.txt requirements-dev.txt
	@exec $(PY) -m tools.check

lint: ## check the style only
	@tools/venv.sh requirements.txt requirements-dev.txt
	@exec $(PY) -m tools.check --lint

types: ## check the types (advice; not part of `make test`)
	@tools/venv.sh requirements.txt requirements-dev.txt
	@exec $(PY) -m mypy

bench: ## measure pages on 1,000 and 20,000 cases, beside a floor measured in the same run
	@tools/venv.sh requirements.txt requirements-dev.txt
	@exec $(PY) -m benchmarks.run $(BENCH)

bench-mail: ## long runs of the mail room against a real mail server: letters, bad moods, killed workers
	@tools/venv.sh requirements.txt requirements-dev.txt
	@exec $(PY) -m benchmarks.mail $(BENCH)

bench-packets: ## how many packets are set in a second, and how soon the holders of an edition are listed among 100,000
	@tools/venv.sh requirements.txt requirements-dev.txt
	@exec $(PY) -m benchmarks.handed $(BENCH)

shots: ## take the screenshots of the README anew
	@tools/venv.sh requirements.txt requirements-dev.txt
	@exec $(PY) -m tools.check --shots

clean: ## remove what the tests and the tools left (never var/, where the data lives)
	@rm -rf tests/output .pytest_cache .ruff_cache .mypy_cache .hypothesis
	@find . -path ./.venv -prune -o -name __pycache__ -prune -exec rm -rf {} +
