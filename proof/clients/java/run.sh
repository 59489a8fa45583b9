#!/usr/bin/env bash
# Generates the client, compiles it and runs the journey: run.sh FOLDER DOCUMENT ADDRESS TOKEN NAME
set -euo pipefail
folder=$1 document=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rm -rf "$folder/client" "$folder/classes"
cp -R "$here/src" "$here/generator.yaml" "$folder"
cd "$folder"

java -jar openapi-generator-cli.jar generate -c generator.yaml -i "$document" -o client
find client/src/main/java src/main/java -name '*.java' > sources.txt
javac -nowarn -proc:none -cp 'lib/*' -d classes @sources.txt
java -cp 'classes:lib/*' journey.Journey "${@:3}"
