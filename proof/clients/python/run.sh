#!/usr/bin/env bash
# Generates the client and runs the journey: run.sh FOLDER DOCUMENT ADDRESS TOKEN NAME
set -euo pipefail
folder=$1 document=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rm -rf "$folder/client"
cp "$here/journey.py" "$here/generator.yaml" "$folder"
cd "$folder"

java -jar openapi-generator-cli.jar generate -c generator.yaml -i "$document" -o client
PYTHONPATH=client venv/bin/python journey.py "${@:3}"
