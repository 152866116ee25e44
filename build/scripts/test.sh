#!/bin/sh
# Runs every check of Patchbay and says how long each took. The first failure
# ends it.
set -eu
sh build/scripts/install.sh test

step() {
  name=$1
  shift
  began=$(date +%s)
  echo "== $name"
  "$@"
  echo "== $name: $(($(date +%s) - began)) s"
}

step 'page: build' make --no-print-directory frontend/dist/index.html
step 'program: build' make --no-print-directory build/bin/patchbay
step 'lint, types and unit tests of the page' make --no-print-directory -j2 --output-sync=target lint check-page
step 'go: tests' make --no-print-directory check-go
step 'program: killed at random points' go run ./build/bench -only crash
step 'page: browser tests' make --no-print-directory test-browser
step 'window: walks' make --no-print-directory e2e
