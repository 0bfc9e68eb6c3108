# The commands of the project; `make help` lists them.
#
# PORT         where `make demo` serves (8000)
# MADANG_DATA  the folder of its data (var/demo)
# PYTHON       the Python to make .venv with (the first of 3.13, 3.12, 3.11, python3 that is there)

PORT ?= 8000
VENV := .venv/bin

.PHONY: help setup setup-test demo demo-reset test test-long lint format messages pictures lock
.DEFAULT_GOAL := help

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## make .venv with the `madang` command in it
	@python="$$(tools/find_python)" && "$$python" tools/setup.py

setup-test:
	@python="$$(tools/find_python)" && "$$python" tools/setup.py --test

demo: setup ## serve the founding case at http://127.0.0.1:8000
	@exec $(VENV)/madang demo --port $(PORT)

demo-reset: setup ## forget the demo's data, so that the next `make demo` starts over
	@$(VENV)/madang demo --reset

test: setup-test ## run every test, on SQLite, on PostgreSQL and in Chromium
	@$(VENV)/python tools/test.py

test-long: setup-test ## run what takes longer too: faults, load, fuzz
	@$(VENV)/python tools/test.py --long

lint: setup-test ## check style, types and layers
	@$(VENV)/ruff check . && $(VENV)/ruff format --check . && $(VENV)/mypy && $(VENV)/lint-imports

messages: setup ## bring the catalogues of translations in step with the code
	@$(VENV)/python tools/messages.py

format: setup-test ## format the code
	@$(VENV)/ruff check --fix . ; $(VENV)/ruff format .

pictures: setup-test ## take the pictures of the documentation anew
	@$(VENV)/python tools/pictures.py

lock: setup ## choose the newest versions that requirements/*.in allow, and pin them with hashes
	@tools/lock
