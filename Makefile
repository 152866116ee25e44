# What a newcomer needs: make run, make test. Everything else is for those who work on Patchbay.

binary  := build/bin/patchbay
tags    := desktop,production,webkit2_41
install := sh build/scripts/install.sh
tool    := go tool -modfile=build/tools/go.mod
page    := frontend/dist/index.html
sources := $(shell find app main.go go.mod -type f -not -name '*_test.go')

# long are the packages with tests that do without the race detector.
long    := $(addprefix ./,$(sort $(dir $(shell grep -rl '^//go:build !race' --include='*_test.go' app))))

.PHONY: run test tour e2e bench bench-long soak build lint check-go check-race check-long check-page test-browser bindings clean

## run: install what is missing, build, and open the window
run: build
	@sh build/scripts/run.sh $(binary)

## test: everything that says whether Patchbay is fit to be used
test:
	@sh build/scripts/test.sh

## tour: walk through the real window and leave pictures in build/bin/tour
tour:
	@$(install) tour
	@$(MAKE) --no-print-directory $(binary)
	@cd build/e2e && go run ./tour

## e2e: the walks of the real window, bad surroundings included
e2e:
	@$(install) test
	@$(MAKE) --no-print-directory $(binary)
	@cd build/e2e && go test -count=1 -timeout 15m ./...

## bench: figures, as a table and in build/bin/bench.json
bench:
	@$(install) test
	@$(MAKE) --no-print-directory $(binary)
	@go run ./build/bench

## soak: kill the program 200 times at random points; nothing may be lost or lie open
soak:
	@go run ./build/bench -only crash -rounds 200

bench-long:
	@go run ./build/bench -long

build:
	@$(install) run
	@$(MAKE) --no-print-directory $(binary)

$(binary): $(sources) $(page)
	go build -trimpath -tags $(tags) -ldflags '-s -w' -o $@ .

frontend/node_modules/.package-lock.json: frontend/package-lock.json
	cd frontend && npm ci --no-audit --no-fund

$(page): frontend/node_modules/.package-lock.json frontend/index.html frontend/vite.config.ts $(shell find frontend/src -type f)
	cd frontend && npm run build

build/oidc/node_modules/.package-lock.json: build/oidc/package-lock.json
	cd build/oidc && npm ci --no-audit --no-fund

## lint: gofmt, go vet, staticcheck, errcheck, and Biome for the page
lint: $(page)
	@test -z "$$(gofmt -l app build main.go)" || { gofmt -l app build main.go; echo 'run gofmt on these'; exit 1; }
	go vet ./...
	cd build/e2e && go vet ./...
	$(tool) staticcheck ./...
	$(tool) errcheck -ignoretests -exclude build/tools/errcheck.txt ./app/... .
	cd frontend && npm run lint

## check-go: Go tests with the race detector, beside those that are too long for it
check-go: $(page) build/oidc/node_modules/.package-lock.json
	@$(MAKE) --no-print-directory -j2 --output-sync=target check-race check-long

check-race:
	go test -race -p 4 ./...

check-long:
	go test $(long)

## check-page: types and unit tests of the page
check-page: frontend/node_modules/.package-lock.json
	cd frontend && npm run check && npm test

## test-browser: the page in Chromium against the real back end, with axe
test-browser: $(page)
	cd frontend && npm run e2e

## bindings: write frontend/wailsjs anew from package bridge
bindings:
	tsoutputtype=interfaces go run -tags bindings ./build/bindings >/dev/null

clean:
	rm -rf build/bin frontend/dist/assets frontend/dist/index.html
