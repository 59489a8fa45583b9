#!/usr/bin/env bash
# Calls a service for some seconds with whatever its document allows and forbids:
# run.sh FOLDER DOCUMENT ADDRESS TOKEN SECONDS
# The seed is the same each time, so that what is found comes from a change; SCHEMATHESIS_SEED is another one.
set -euo pipefail
document=$2 address=$3 token=$4 seconds=$5
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$1/$(basename "$document" .yaml)
mkdir -p "$folder"
cp "$here/schemathesis.toml" "$here/hooks.py" "$folder"
cd "$folder"

../venv/bin/schemathesis run "$document" --url "$address" --header "Authorization: Bearer $token" \
    --max-time "$seconds" --seed "${SCHEMATHESIS_SEED:-1}"
