#!/usr/bin/env bash
# Fetches what a client in Python needs: get.sh FOLDER
set -euo pipefail
folder=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

"$here/../openapi-generator.sh" "$folder"
if ! cmp -s "$here/requirements.txt" "$folder/fetched.txt"; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q --disable-pip-version-check -r "$here/requirements.txt"
    cp "$here/requirements.txt" "$folder/fetched.txt"
fi
