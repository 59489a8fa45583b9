#!/usr/bin/env bash
# Generates the client, compiles it and runs the journey: run.sh FOLDER DOCUMENT ADDRESS TOKEN NAME
set -euo pipefail
folder=$1 document=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rm -rf "$folder/wallet-client" "$folder/compiled"
cp "$here/journey.ts" "$here/tsconfig.json" "$here/generator.yaml" "$folder"
cd "$folder"

java -jar openapi-generator-cli.jar generate -c generator.yaml -i "$document" -o wallet-client
npx --no-install tsc
node compiled/journey.js "${@:3}"
