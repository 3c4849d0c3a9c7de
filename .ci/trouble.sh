#!/bin/bash
# What the server tells its clients when the machine is in trouble: a full
# disk, one that can only be read, no file descriptors left, a second
# server on the same directory. It lives on, and goes on when the cause is gone.

# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

DISK=$SCRATCH/disk
mkdir "$DISK"
if ! mount -t tmpfs -o size=6m tmpfs "$DISK" 2>/dev/null; then
  note "only root can mount a small disk"
  exit "$NOT_RUN"
fi
head -c 8000000 /dev/urandom >"$SCRATCH/big"
BIG=sha256:$(sha256sum "$SCRATCH/big" | cut -d' ' -f1)
echo small >"$SCRATCH/small"
SMALL=sha256:$(sha256sum "$SCRATCH/small" | cut -d' ' -f1)

# call CURL-OPTION...: the status, and the body in $SCRATCH/answer.
call() { curl -s -m 30 -o "$SCRATCH/answer" -D "$SCRATCH/headers" -w '%{http_code}' "$@" || true; }
begin() { call -X POST "http://$REGISTRY/v2/team/app/blobs/uploads/"; }
location() { tr -d '\r' <"$SCRATCH/headers" | awk '/^Location/ { print $2 }'; }
put() { call -X PUT --data-binary "@$1" "http://$REGISTRY$3?digest=$2"; }
pull() { call "http://$REGISTRY/v2/team/app/blobs/$1"; }
code() { jq -r '.errors[0].code' "$SCRATCH/answer"; }

# check_refused WHAT STATUS: 503, and an error as the specification has it.
check_refused() {
  same "$1 is answered with 503" 503 "$2"
  same "$1 is answered with a code" UNAVAILABLE "$(code)"
}

push() {
  same "an upload begins" 202 "$(begin)"
  same "$3" 201 "$(put "$1" "$2" "$(location)")"
}

say "a full disk"
start_registry berth --data "$DISK/registry"
push "$SCRATCH/small" "$SMALL" "a small blob is pushed"
same "an upload begins" 202 "$(begin)"
SESSION=$(location)
check_refused "a blob larger than the disk" "$(put "$SCRATCH/big" "$BIG" "$SESSION")"
head -c 8000000 /dev/zero >"$DISK/ballast" 2>/dev/null || true
check_refused "an upload on a full disk" "$(begin)"
same "a full disk is read from" 200 "$(pull "$SMALL")"
same "the session is there" 204 "$(call "http://$REGISTRY$SESSION")"
mount -o remount,size=40m "$DISK"
rm "$DISK/ballast"
push "$SCRATCH/big" "$BIG" "the blob is pushed when there is space again"

say "a disk that can only be read"
stop_server
mount -o remount,ro "$DISK"
start_registry berth --data "$DISK/registry"
check_refused "an upload on a read-only disk" "$(begin)"
same "a read-only disk is read from" 200 "$(pull "$BIG")"
same_file "what is read is whole" "$SCRATCH/big" "$SCRATCH/answer"
stop_server
mount -o remount,rw "$DISK"
start_registry berth --data "$DISK/registry"
push "$SCRATCH/small" "$SMALL" "a blob is pushed when the disk can be written to again"

say "a second server on the directory"
STATUS=0
timeout 60 java -jar "$BERTH_JAR" --port 0 --data "$DISK/registry" >"$SCRATCH/second" 2>&1 || STATUS=$?
same "it ends with 1" 1 "$STATUS"
same "it names the first" 1 "$(grep -c "being written to by process $SERVER_PID," "$SCRATCH/second")"
STATUS=0
java -jar "$BERTH_JAR" verify --quiet --data "$DISK/registry" >"$SCRATCH/verified" 2>&1 || STATUS=$?
same "all is whole, as can be seen beside the server" 0 "$STATUS"
kill_server
start_registry berth --data "$DISK/registry"
pass "a server that was killed leaves no lock behind"
stop_server

say "no file descriptors left"
# Only the server is to have few.
(ulimit -n 64 && exec java -jar "$BERTH_JAR" --port "$PORT" --data "$DISK/registry") >>"$SERVER_LOG" 2>&1 9>&- &
SERVER_PID=$!
until_true 60 answers || die "the registry did not answer with few file descriptors"
SOCKETS=()
for _ in $(seq 60); do
  if exec {socket}<>"/dev/tcp/127.0.0.1/$PORT"; then SOCKETS+=("$socket"); fi
done 2>/dev/null
ANSWERS=$SCRATCH/answers
# What the server has closed is written to: that is to fail, not to end this.
trap '' PIPE
for socket in "${SOCKETS[@]}"; do
  printf 'GET /v2/team/app/blobs/%s HTTP/1.1\r\nHost: registry\r\n\r\n' "$SMALL" >&"$socket" 2>/dev/null || true
done
for socket in "${SOCKETS[@]}"; do
  { timeout 5 head -n 1 <&"$socket" || true; } >>"$ANSWERS" 2>/dev/null
done
same "whoever is let in is told: 200 or 503" 0 "$(grep -c -v -E '^HTTP/1.1 (200|503)' "$ANSWERS" || true)"
same "somebody is told that there are none" yes "$(grep -q '^HTTP/1.1 503' "$ANSWERS" && echo yes)"
for socket in "${SOCKETS[@]}"; do exec {socket}>&-; done
trap - PIPE
until_true 30 answers || die "the registry does not answer when there are file descriptors again"
push "$SCRATCH/small" "$SMALL" "a blob is pushed when there are file descriptors again"
stop_server
