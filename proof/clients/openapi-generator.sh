#!/usr/bin/env bash
# Fetches OpenAPI Generator with Maven, unless it is there: openapi-generator.sh FOLDER
set -euo pipefail
folder=$1

version=7.25.0
jar=$folder/openapi-generator-cli-$version.jar
if [ ! -f "$jar" ]; then
    mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.10.0:copy \
        -Dartifact=org.openapitools:openapi-generator-cli:$version -DoutputDirectory="$folder"
fi
cp "$jar" "$folder/openapi-generator-cli.jar"
