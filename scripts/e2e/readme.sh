#!/usr/bin/env bash
# Runs every shell command of the README, in order, and checks what the nodes then say.
set -euo pipefail
ROOT=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
cd "$ROOT"
trap 'scripts/cluster wipe >/dev/null 2>&1 || true' EXIT
commands=$(mktemp)
awk '/^```sh$/ {inside = 1; next} /^```$/ {inside = 0} inside' README.md >"$commands"
output=$(bash -euo pipefail "$commands" 2>&1) || { echo "$output" >&2 && echo "a command of the README failed: see the output above" >&2 && exit 1; }
rm -f "$commands"

expect() { # WHAT
  grep -qF -- "$1" <<<"$output" || { echo "$output" >&2 && echo "the README's commands never showed: $1" >&2 && exit 1; }
}
expect '"value":{"name":"Alice","balance":2.50}'
expect '"value":{"name":"Bob"}'
expect '"siblings":[{"value":["milk"]'
expect '"value":["milk","bread"]'
expect '"quorum":{"n":3,"r":3,"replies":3}'
expect '"status":"synced"'
expect 'in_sync_as_of'
expect '"agree":true'
expect '2 stored, 0 failed'
expect '{"key":"PT/Évora","value":{"lat":38.57}}'
expect '0 failed'
expect 'n4'
