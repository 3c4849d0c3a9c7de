#!/bin/bash
# The official OCI conformance suite. It passes a registry that skips what it
# does not support; here a failure, an error or a skip fails the script, and
# what is switched off must be exactly what the suite switches off by default.

# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

SUITE=github.com/opencontainers/distribution-spec/conformance@v0.0.0-20260831232431-97274622c111

# Every switch the suite has, for the runs with everything on.
EVERYTHING=(
  OCI_API_{PING,PULL,PUSH,REFERRER}
  OCI_API_BLOBS_{ATOMIC,DELETE,DIGEST_HEADER,MOUNT_ANONYMOUS,UPLOAD_CANCEL}
  OCI_API_MANIFESTS_{ATOMIC,DELETE,DIGEST_HEADER,TAG_PARAM}
  OCI_API_TAGS_{ATOMIC,DELETE,LIST}
  OCI_DATA_{IMAGE,INDEX,INDEX_LIST,SPARSE,ARTIFACT,SUBJECT,SUBJECT_MISSING,ARTIFACT_LIST,SUBJECT_LIST}
  OCI_DATA_{DATA_FIELD,NONDISTRIBUTABLE,CUSTOM_FIELDS,NO_LAYERS,EMPTY_BLOB,SHA512}
)

# Switched off by the suite itself: in version 1.1, and in its development
# version, which knows more.
OFF_IN_STABLE='Blob upload cancel,Manifest put with tag params,Sparse Manifests,Tag Param,Tag Param sha512'
OFF_IN_DEV='Sparse Manifests'

# attribute NAME: a count from the report; one that is zero may be left out.
attribute() {
  local value
  value=$(sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" "$SCRATCH/suite-line")
  echo "${value:-0}"
}

# show_problems RESULTS: what was not passed, in the suite's words.
show_problems() {
  sed -n 's/^  \([A-Z][^:]*: \)\(FAIL\|Error\|Skip\|Unknown\)$/  \1\2/p' "$1/results.yaml"
  grep -o '<testcase name="[^"]*" .*status="\(skipped\|error\)"' "$1/junit.xml" |
    sed 's/<testcase name="\([^"]*\)".*status="\(.*\)"/  \1: \2/' | sort -u | head -n 40
  grep -E 'level=(WARN|ERROR)|^failed' "$SCRATCH/output" | sed 's/^.*msg=//' | cut -c 1-400 | head -n 40
}

# run_suite NAME DISABLED VARIABLE=VALUE...
run_suite() {
  local name=$1 disabled=$2 results=$SCRATCH/results code=0
  local tests failures errors skipped off passed
  shift 2
  say "$name"
  rm -rf "$results"
  env -i PATH="$PATH" HOME="$SCRATCH" OCI_REGISTRY="$REGISTRY" OCI_TLS=disabled OCI_RESULTS_DIR="$results" "$@" \
    timeout -k 10 "$CLIENT_TIMEOUT" "$SCRATCH/bin/conformance" >"$SCRATCH/output" 2>&1 || code=$?
  # The suite ends with code 0 when it cannot even start: no report, no pass.
  if [ ! -s "$results/junit.xml" ] || [ ! -s "$results/results.yaml" ]; then
    tail -n 20 "$SCRATCH/output" >&9
    fail "$name: the suite wrote no report (exit code $code)"
    return
  fi
  grep -m 1 '<testsuite ' "$results/junit.xml" >"$SCRATCH/suite-line"
  tests=$(attribute tests) failures=$(attribute failures) errors=$(attribute errors)
  skipped=$(attribute skipped) off=$(attribute disabled)
  passed=$((tests - failures - errors - skipped - off))
  note "$passed passed, $failures failed, $errors errors, $skipped skipped, $off disabled"
  # The names that the two summaries, of the API and of the data, give as off.
  sed -n 's/^  \([A-Z][^:]*\): Disabled$/\1/p' "$results/results.yaml" | paste -sd , >"$SCRATCH/disabled"
  if [ "$(cat "$SCRATCH/disabled")" != "$disabled" ]; then
    fail "$name: disabled are '$(cat "$SCRATCH/disabled")', expected were '$disabled'"
  elif [ "$code" != 0 ] || [ "$passed" -lt 500 ] || [ "$((failures + errors + skipped))" != 0 ] ||
    grep -Eq '^  [A-Z][^:]*: (FAIL|Error|Skip|Unknown)$' "$results/results.yaml"; then
    fail "$name: exit code $code, see the following"
    show_problems "$results" >&9 || true
  else
    pass "$name: $passed tests"
  fi
}

# both_versions STORAGE ARGUMENTS...: the stable and the development version of
# the suite, first as they come against a plain server, then with everything on
# against one that takes manifests whose content is missing, which sparse
# manifests are.
both_versions() {
  local storage=$1
  shift
  start_server "$@"
  run_suite "$storage storage, version 1.1, the suite's defaults" "$OFF_IN_STABLE" OCI_VERSION=1.1
  run_suite "$storage storage, version dev, the suite's defaults" "$OFF_IN_DEV" OCI_VERSION=dev
  stop_server
  start_server "$@" --allow-missing-references
  run_suite "$storage storage, version 1.1, everything on" '' OCI_VERSION=1.1 "${EVERYTHING[@]/%/=true}"
  run_suite "$storage storage, version dev, everything on" '' OCI_VERSION=dev "${EVERYTHING[@]/%/=true}"
  stop_server
}

# From 1.21 on, Go fetches by itself the version that the suite asks for.
go_is_usable() {
  local minor
  command -v go >/dev/null || return 1
  minor=$(go env GOVERSION | sed -n 's/^go1\.\([0-9]*\).*/\1/p')
  [ "${minor:-0}" -ge 21 ]
}

# An older Go, like Debian's, can be made to: a toolchain is a Go module like
# any other, checked against the public checksums, but for the executable bits.
fetch_newer_go() {
  local module
  module=golang.org/toolchain@v0.0.1-go1.24.0.linux-$(dpkg --print-architecture)
  command -v go >/dev/null || return 1
  (cd "$SCRATCH" && bounded go mod download "$module") || return 1
  GOROOT=$(go env GOMODCACHE)/$module
  chmod +x "$GOROOT"/bin/* "$GOROOT"/pkg/tool/*/*
  export GOROOT GOTOOLCHAIN=local PATH=$GOROOT/bin:$PATH
  go_is_usable
}

if ! go_is_usable && ! fetch_newer_go; then
  note "#################################################################"
  note "# There is no Go 1.21 or newer on this machine:                 #"
  note "# THE OCI CONFORMANCE SUITE WAS NOT RUN.                        #"
  note "#################################################################"
  exit "$NOT_RUN"
fi

say "build the suite"
note "$(go version)"
export GOBIN=$SCRATCH/bin
try bounded go install "$SUITE"
both_versions memory --memory
both_versions file --data "$SCRATCH/data"
