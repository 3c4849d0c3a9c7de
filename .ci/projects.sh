#!/bin/bash
# Berth in projects of users' own, each with other things on its class path:
# registry-junit5 under the oldest JUnit it works with and the newest of each
# line, and the one jar with nothing else, with Spring Boot 3 and with 4, in
# Kotlin, and with Testcontainers, which are compiled only where no engine is.
set -euo pipefail
cd "$(dirname "$0")/.."

JUNIT=(5.10.5 5.14.4 6.1.3)
SPRING_BOOT=(3.5.7 4.0.7)

# These projects find the jars where Maven installs them, and only as long as they are needed.
REPOSITORY=$(mvn -q -B -ntp help:evaluate -Dexpression=settings.localRepository -DforceStdout)
trap 'rm -rf "${REPOSITORY:?}/dev/berth"' EXIT
mvn -q -B -ntp install -DskipTests -DskipITs -Dmaven.javadoc.skip -Dmaven.source.skip -Dspotless.check.skip \
  -pl examples/junit,registry-junit5-shaded -am

# project NAME OPTIONS...
project() {
  local name=$1
  shift
  mvn -q -B -ntp -f "examples/$name/pom.xml" clean test "$@"
  echo "PASS $name $*"
}

# Compiled once, against the oldest; the whole suite then runs with each.
for version in "${JUNIT[@]}"; do
  mvn -q -B -ntp -f examples/junit/pom.xml test "-Djunit.version=$version"
  mvn -q -B -ntp -pl registry-junit5 surefire:test "-Djunit.version=$version" '-Dtest=*Test'
  echo "PASS JUnit $version"
done

project plain
for version in "${SPRING_BOOT[@]}"; do
  project spring-boot "-Dspring-boot.version=$version"
done
project kotlin
project testcontainers
