#!/usr/bin/env bash
# Fetches oapi-codegen and what its clients need: get.sh FOLDER
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

(cd "$here" && go mod download)
