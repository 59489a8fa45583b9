#!/usr/bin/env bash
# Generates the client, compiles it and runs the journey: run.sh FOLDER DOCUMENT ADDRESS TOKEN NAME
set -euo pipefail
folder=$1 document=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rm -rf "$folder/wallet"
mkdir "$folder/wallet"
cp "$here/journey.go" "$here/go.mod" "$here/go.sum" "$here/oapi-codegen.yaml" "$folder"
cd "$folder"

go tool oapi-codegen -config oapi-codegen.yaml -o wallet/wallet.go "$document"
go build -o journey .
./journey "${@:3}"
