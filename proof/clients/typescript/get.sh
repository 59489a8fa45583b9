#!/usr/bin/env bash
# Fetches what a client in TypeScript needs: get.sh FOLDER
set -euo pipefail
folder=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

"$here/../openapi-generator.sh" "$folder"
if ! cmp -s "$here/package-lock.json" "$folder/fetched.json"; then
    cp "$here/package.json" "$here/package-lock.json" "$folder"
    (cd "$folder" && npm ci --prefer-offline --no-audit --no-fund --loglevel=error)
    cp "$here/package-lock.json" "$folder/fetched.json"
fi
