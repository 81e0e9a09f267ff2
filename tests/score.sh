#!/usr/bin/env bash
# Prints the scores of the English reader on the cases of tests/suite/english.
# `bash tests/score.sh all` says what went wrong in every case, `bash tests/score.sh <text>` in those whose id holds the text.
set -euo pipefail
cd "$(dirname "$0")/.."
SCORE="${1:-}" cargo test --quiet --test it score:: -- --nocapture --test-threads=1
