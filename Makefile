# make run    set up, build, and run the demo on an embedded database
# make test   set up, and run every check: vet, lint, generated code, tests, clients, fuzzing
# make build  build bin/lantu
.DEFAULT_GOAL := build
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c

VERSION := $(shell git describe --always --dirty --tags 2>/dev/null || echo dev)
LINT := bin/tools/golangci-lint
LINT_VERSION := v2.12.2

.PHONY: build run test vet lint generated unit clients explorer-test fuzz golden judge bench bench-reading bench-serving clean

build: web/graphiql/dist/graphiql.min.js web/explorer/dist/index.html
	go build -trimpath -ldflags "-X main.version=$(VERSION)" -o bin/lantu ./cmd/lantu

run: build
	bin/lantu demo

test: build vet lint generated unit clients explorer-test fuzz

web/graphiql/dist/graphiql.min.js: web/graphiql/package.json web/graphiql/package-lock.json
	cd web/graphiql && npm ci --no-audit --no-fund && npm run build

EXPLORER := web/explorer
$(EXPLORER)/dist/index.html: $(EXPLORER)/node_modules/.package-lock.json $(wildcard $(EXPLORER)/*.* schema/*.graphqls) \
  $(shell find $(EXPLORER)/src $(EXPLORER)/public -type f -not -path '*/src/graphql/*')
	cd $(EXPLORER) && npm run build

$(EXPLORER)/node_modules/.package-lock.json: $(EXPLORER)/package-lock.json
	cd $(EXPLORER) && npm ci --no-audit --no-fund
	touch $@

vet:
	go vet ./...

# A cache of its own: the shared one gives findings of other checkouts.
lint: $(LINT)
	GOLANGCI_LINT_CACHE=$(CURDIR)/bin/tools/cache $(LINT) run

$(LINT): Makefile
	GOBIN=$(CURDIR)/bin/tools go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	touch $@

# Generated code must be what the generators make of the sources now.
generated:
	list() { git ls-files -z --cached --others --exclude-standard graph web | xargs -0 sha256sum; }; \
	before=$$(list); \
	go generate ./graph/... ./web/... ; \
	if [ "$$before" != "$$(list)" ]; then \
	  echo "generated code is stale: run 'go generate ./graph/... ./web/...' and commit what it changes" >&2; exit 1; fi

# The clients that developers use, against a real server, and that changes of the schema are announced.
clients: build
	cd web/clients && npm ci --no-audit --no-fund && npm test

# The explorer: types, lint, units, and its journeys in Chromium ($CHROMIUM, /usr/bin/chromium or Playwright's).
explorer-test: build
	cd $(EXPLORER) && npm run check
	cd $(EXPLORER) && { [ -x "$${CHROMIUM:-/usr/bin/chromium}" ] || npx playwright install chromium; } && npm run e2e

# The first PDF compiles its reader into the user's cache, twenty times slower with the race detector.
unit:
	go test -run '^TestReadPDF$$' ./loaders/document
	go test -race ./...

# Package, target and how many inputs to try, some ten seconds each. A count, for at the end of a
# time the go command may report its own deadline as a failure of a target still at work.
FUZZ := document:FuzzRead:50000x document:FuzzPDF:1000x document:FuzzDOCX:20000x .:FuzzArchive:5000x \
  segment:FuzzSegment:100000x segment:FuzzMatch:100000x extract:FuzzObserve:50000x extract:FuzzRelate:50000x

# Without a bound on it, minimising a big input that is merely interesting takes all the time.
fuzz:
	for t in $(FUZZ); do IFS=: read -r package target count <<< "$$t"; \
	  go test ./loaders/$$package -run '^$$' -fuzz "^$$target$$" -fuzztime $$count -fuzzminimizetime 5x; done

# Write the golden tables anew; look at the difference before you commit it.
golden:
	go test ./cmd/lantu -run Golden -update

# Learn the judge anew, from all annotations but those of the regions held out for scoring.
SHARED := $(or $(LANTU_SHARED),../shared)
UNSEEN := quyang,shunping,fujian,tianjin
judge:
	go run ./loaders/extract/train -reports $(SHARED)/reports -out loaders/extract/judge.bin -without $(UNSEEN) \
	  $(SHARED)/gold/*.json loaders/extract/annotations/*.json

bench:
	go test -run '^$$' -bench . -benchmem ./...

# How fast reports are read, beside gse and jieba (apt-get install python3-jieba).
# REPORTS is a folder of .txt files in UTF-8.
REPORTS := $(SHARED)/reports
bench-reading: build
	go run ./loaders/benchmark -lantu bin/lantu $(REPORTS)

# How fast questions are answered over HTTP, beside Cayley's own GraphQL and Oxigraph.
# BENCH keeps the graphs; loading a million claims takes Cayley half an hour.
CLAIMS := 1000000
BENCH := bin/bench
bench-serving: build bin/tools/cayley
	cd graph/benchmark/oxigraph && npm ci --no-audit --no-fund
	go run ./graph/benchmark -lantu bin/lantu -cayley bin/tools/cayley -oxigraph graph/benchmark/oxigraph -claims $(CLAIMS) -dir $(BENCH)

# Its module replaces another one, so that go install refuses it.
bin/tools/cayley: go.mod
	mkdir -p bin/tools
	cd $$(go list -m -f '{{.Dir}}' github.com/cayleygraph/cayley) && CGO_ENABLED=0 go build -mod=mod -o $(CURDIR)/$@ ./cmd/cayley

clean:
	rm -rf bin web/graphiql/node_modules $(EXPLORER)/node_modules
	find web/graphiql/dist $(EXPLORER)/dist -mindepth 1 ! -name README.md -delete
