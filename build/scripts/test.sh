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
step 'lint' make --no-print-directory lint
step 'page: types and unit tests' make --no-print-directory check-page
step 'go: tests' make --no-print-directory check-go
step 'program: killed at random points' go run ./build/bench -only crash
step 'page: browser tests' make --no-print-directory test-browser
step 'window: walks' make --no-print-directory e2e
