#!/usr/bin/env bash
# Fetches what a client in Go needs: get.sh FOLDER
set -euo pipefail
folder=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

"$here/../openapi-generator.sh" "$folder"
(cd "$here" && go mod download)
