#!/bin/sh
# The test of training/ in an environment of its own: torch is too large for the one that everybody installs.
#   training/ci_smoke.sh [FOLDER]       the environment is made in FOLDER (a new temporary one), and kept where named
set -eu
cd "$(dirname "$0")/.."
place=${1:-$(mktemp -d)}
[ $# -gt 0 ] || trap 'rm -rf "$place"' EXIT
[ -x "$place/bin/python" ] || python3 -m venv "$place"
"$place/bin/python" -m pip install -q -r training/requirements.txt pytest .
TRAINING_MUST_RUN=1 "$place/bin/python" -m pytest -q -p no:cacheprovider tests/test_training.py
