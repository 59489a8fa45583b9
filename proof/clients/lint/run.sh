#!/usr/bin/env bash
# Has Spectral and Redocly read the documents of the APIs and of the topics: run.sh FOLDER DOCUMENTS
set -uo pipefail
folder=$1 documents=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cp "$here/spectral.yaml" "$here/redocly.yaml" "$folder"
cd "$folder" || exit 1
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true

failed=0
npx --no-install spectral lint --ruleset spectral.yaml --fail-severity warn \
    "$documents/openapi.yaml" "$documents/openapi-payments.yaml" "$documents/asyncapi.yaml" || failed=1
npx --no-install redocly lint --config redocly.yaml --max-problems 1000 --format stylish \
    "$documents/openapi.yaml" "$documents/openapi-payments.yaml" 2>&1 | tee redocly.txt || failed=1
# Only errors make Redocly fail.
if grep -Eq '^ +[0-9]+:[0-9]+ +warning' redocly.txt; then failed=1; fi
exit $failed
