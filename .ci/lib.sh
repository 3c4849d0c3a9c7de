# shellcheck shell=bash
# What every client script shares: strict mode, one registry at a time on a
# free port, scratch space that is always cleaned up, and PASS/FAIL lines that
# add up to one closing line. Sourced, never run.

set -Eeuo pipefail
# CI closes stdin; a client that asks a question must fail, not hang.
exec </dev/null
# Results go to the script's own output even from inside a redirection.
exec 9>&1

CI_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ROOT=$(dirname "$CI_DIR")
SCRIPT=$(basename "$0")

# Both registries take options from variables of this name.
for variable in "${!REGISTRY_@}"; do unset "$variable"; done

# Which registry is tested. CI tests "berth"; "reference" is Debian's
# docker-registry, against which the scripts themselves can be proved right.
: "${CI_REGISTRY:=berth}"
: "${BERTH_JAR:=$ROOT/examples/standalone/target/berth.jar}"

# No single client command may take longer than this many seconds.
: "${CLIENT_TIMEOUT:=300}"

SCRATCH=$(mktemp -d "${TMPDIR:-/tmp}/berth-ci.XXXXXX")
# Clients unpack layers in their temporary directory: keep that inside too.
export TMPDIR=$SCRATCH/tmp
mkdir "$TMPDIR"
SERVER_LOG=$SCRATCH/server.log
SERVER_PID=
DAEMONS=()
PASSED=0
FAILED=0
# The exit code of a script that cannot be run on this machine.
NOT_RUN=77

say() { printf '\n== %s: %s\n' "$SCRIPT" "$*" >&9; }
note() { printf '   %s\n' "$*" >&9; }
pass() { PASSED=$((PASSED + 1)); printf 'PASS %s\n' "$*" >&9; }
fail() { FAILED=$((FAILED + 1)); printf 'FAIL %s\n' "$*" >&9; }
die() { fail "$*"; exit 1; }

# same WHAT EXPECTED ACTUAL: an empty value never counts as equal.
same() {
  if [ -n "$2" ] && [ "$2" = "$3" ]; then
    pass "$1"
  else
    fail "$1: expected '$2', got '$3'"
  fi
}

# same_file WHAT EXPECTED ACTUAL: byte for byte.
same_file() {
  local difference
  if difference=$(cmp "$2" "$3" 2>&1); then pass "$1"; else fail "$1: $difference"; fi
}

# bounded COMMAND...: with a time limit.
bounded() { timeout -k 10 "$CLIENT_TIMEOUT" "$@"; }

# try COMMAND...: show the command's output only when it fails.
try() {
  local output
  if ! output=$("$@" 2>&1); then
    printf '%s\n' "$output" | tail -n 40 >&9
    die "command failed: $*"
  fi
}

# until_true SECONDS COMMAND...: poll, because waiting without a bound hangs CI.
until_true() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.1
  done
}

running() { kill -0 "$1" 2>/dev/null; }
not_running() { ! running "$1"; }

free_port() {
  local port
  # Below the ephemeral range, so that no outgoing connection takes the port
  # between this check and the server's start.
  while port=$((20000 + RANDOM % 10000)) && (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    continue
  done
  echo "$port"
}

# One port for the whole script: an image's name contains it, and must survive
# a restart of the server.
PORT=$(free_port)
REGISTRY=127.0.0.1:$PORT

answers() {
  running "$SERVER_PID" || return 0
  [ "$(curl -s -m 5 -o "$SCRATCH/ping" -w '%{http_code}' "http://$REGISTRY/v2/")" = 200 ]
}

# start_registry KIND ARGUMENTS...: KIND is "berth" or "reference".
start_registry() {
  local command
  case $1 in
    berth) command=(java -jar "$BERTH_JAR") ;;
    reference) command=("$CI_DIR/reference-registry.sh") ;;
    *) die "CI_REGISTRY must be 'berth' or 'reference', not '$1'" ;;
  esac
  if [ "$1" = berth ] && [ ! -f "$BERTH_JAR" ]; then
    die "$BERTH_JAR does not exist: run 'mvn verify' first"
  fi
  shift
  "${command[@]}" --port "$PORT" "$@" >>"$SERVER_LOG" 2>&1 9>&- &
  SERVER_PID=$!
  until_true 60 answers || die "the registry did not answer /v2/ with 200 within 60 s"
  running "$SERVER_PID" || die "the registry ended while starting"
}

start_server() { start_registry "$CI_REGISTRY" "$@"; }

# stop_server: SIGTERM must end the server in good time and with exit code 0.
stop_server() {
  local pid=$SERVER_PID code=0
  SERVER_PID=
  kill -TERM "$pid"
  if ! until_true 30 not_running "$pid"; then
    kill -KILL "$pid"
    die "the registry was still running 30 s after SIGTERM"
  fi
  wait "$pid" || code=$?
  [ "$code" = 0 ] || fail "the registry ended with exit code $code after SIGTERM, not 0"
}

# kill_server: what a power cut looks like to the server.
kill_server() {
  kill -KILL "$SERVER_PID"
  wait "$SERVER_PID" 2>/dev/null || true
  SERVER_PID=
}

# start_daemon LOG COMMAND...: a client's own daemon, ended when the script ends.
start_daemon() {
  local log=$1
  shift
  "$@" >"$log" 2>&1 9>&- &
  DAEMONS+=($!)
}

# end_process PID: politely, then not; waits in both cases.
end_process() {
  kill -TERM "$1" 2>/dev/null || true
  until_true 20 not_running "$1" || kill -KILL "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

# failed_at LINE COMMAND: the command, and the calls that led there.
failed_at() {
  local i where=${BASH_SOURCE[1]##*/}:$1
  for ((i = 1; i < ${#FUNCNAME[@]} - 1; i++)); do
    where+=" < ${BASH_SOURCE[i + 1]##*/}:${BASH_LINENO[i]}"
  done
  fail "$2 ($where)"
}

cleanup() {
  local code=$? pid mount
  trap - EXIT ERR INT TERM
  set +e
  exec >&9
  for pid in $SERVER_PID "${DAEMONS[@]}"; do end_process "$pid"; done
  if [ "$FAILED" != 0 ] && [ -s "$SERVER_LOG" ]; then
    echo "-- last lines of the registry's log"
    tail -n 30 "$SERVER_LOG" | cut -c 1-300
  fi
  # Daemons can leave mounts behind, which would make the removal fail.
  awk -v under="$SCRATCH/" 'index($5, under) == 1 { print $5 }' /proc/self/mountinfo | sort -r |
    while read -r mount; do umount "$mount"; done
  rm -rf "$SCRATCH"
  if [ "$FAILED" = 0 ] && [ "$code" = "$NOT_RUN" ]; then
    printf '%s: NOT RUN\n' "$SCRIPT"
    exit "$NOT_RUN"
  fi
  if [ "$FAILED" = 0 ] && [ "$code" = 0 ] && [ "$PASSED" -gt 0 ]; then
    printf '%s: PASS, %d checks\n' "$SCRIPT" "$PASSED"
    exit 0
  fi
  printf '%s: FAIL, %d checks failed, %d passed\n' "$SCRIPT" "$FAILED" "$PASSED"
  exit 1
}
trap cleanup EXIT
trap 'failed_at "$LINENO" "$BASH_COMMAND"' ERR
trap 'exit 1' INT TERM

# digest_of FILE
digest_of() { echo "sha256:$(sha256sum <"$1" | cut -d ' ' -f 1)"; }

digest_of_text() { echo "sha256:$(printf '%s' "$1" | sha256sum | cut -d ' ' -f 1)"; }

MANIFEST_TYPES='application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json,
 application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json'
MANIFEST_TYPES=${MANIFEST_TYPES//$'\n'/}

# fetch_manifest REPOSITORY REFERENCE FILE
fetch_manifest() {
  curl -sSf -m 60 -H "Accept: $MANIFEST_TYPES" -o "$3" "http://$REGISTRY/v2/$1/manifests/$2"
}

# fetch_blob REPOSITORY DIGEST FILE
fetch_blob() {
  curl -sSf -m 120 -L -o "$3" "http://$REGISTRY/v2/$1/blobs/$2"
}

# manifest_digest REPOSITORY REFERENCE: computed from the bytes that are served.
manifest_digest() {
  fetch_manifest "$1" "$2" "$SCRATCH/manifest"
  digest_of "$SCRATCH/manifest"
}

# get_json PATH: a JSON answer with its keys and arrays sorted, to compare.
get_json() {
  curl -sSf -m 30 "http://$REGISTRY/v2/$1" | jq -cS '(.. | arrays) |= sort'
}
