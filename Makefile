# Everything begins here; only Python 3.11 or newer has to be there. `make help` lists the words.
# Works from any folder (`make -C folder`, `make -f folder/Makefile`) and in paths with spaces.

PYTHON ?= python3
HERE := $(strip $(MAKEFILE_LIST))
START = @cd "$$(dirname "$(HERE)")" && exec $(PYTHON) tools/bootstrap.py

.DEFAULT_GOAL := help
.PHONY: help run test test-security faults bench wheel module openapi

help: ## list these words
	@cd "$$(dirname "$(HERE)")" && sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile

run: ## start Cove with a demo company and the sandbox; Ctrl-C stops all
	$(START) run

test: ## run lints, types, contracts, unit, integration and browser tests
	$(START) test

test-security: ## walk every route with every kind of caller, and print how many pairs were tried
	$(START) test-security

faults: ## a million events while every process is killed again and again: sent = stored; EVENTS=number MINUTES=number; AWAY=seconds without ClickHouse instead
	$(START) faults --events "$(or $(EVENTS),1000000)" --minutes "$(or $(MINUTES),60)" --away "$(or $(AWAY),0)"

bench: ## measure ourselves against bare references: all, or one by BENCH=name
	$(START) bench $(BENCH)

wheel: ## build dist/cove-….whl with the built console inside
	$(START) wheel

module: ## write the skeleton of a module: floor=business name=coupons zh=优惠券
	$(START) module "$(floor)" "$(name)" "$(zh)"

openapi: ## write the API's document and the console's types anew
	$(START) openapi
