#!/bin/bash
# One jar of registry-junit5 under the oldest JUnit it works with and the newest
# of each line. Compiled once, against the oldest; a user's project and the whole
# suite then run with each.
set -euo pipefail
cd "$(dirname "$0")/.."

VERSIONS=(5.10.5 5.14.4 6.1.3)

# A user's project finds the jar where Maven installs it, and only as long as it is needed.
REPOSITORY=$(mvn -q -B -ntp help:evaluate -Dexpression=settings.localRepository -DforceStdout)
trap 'rm -rf "${REPOSITORY:?}/dev/berth"' EXIT
mvn -q -B -ntp install -DskipTests -Dmaven.javadoc.skip -Dmaven.source.skip -Dspotless.check.skip -pl examples/junit -am

for version in "${VERSIONS[@]}"; do
  mvn -q -B -ntp -f examples/junit/pom.xml test "-Djunit.version=$version"
  mvn -q -B -ntp -pl registry-junit5 surefire:test "-Djunit.version=$version" '-Dtest=*Test'
  echo "PASS JUnit $version"
done
