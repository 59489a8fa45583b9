#!/usr/bin/env bash
# Fetches what a client in Java needs: get.sh FOLDER
set -euo pipefail
folder=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

"$here/../openapi-generator.sh" "$folder"
if ! cmp -s "$here/pom.xml" "$folder/fetched.xml"; then
    mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$folder/lib"
    cp "$here/pom.xml" "$folder/fetched.xml"
fi
