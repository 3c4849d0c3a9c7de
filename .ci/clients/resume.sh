#!/bin/bash
# Uploads that are cut off, by a client or a server that dies, are resumed where
# the registry says they stand. Only curl, because no client library resumes.

# shellcheck source=../lib.sh
source "$(dirname "$0")/../lib.sh"
# shellcheck source=../images.sh
source "$(dirname "$0")/../images.sh"

MB=1048576
SIZE=$((8 * MB))
REPOSITORY=team/resume

# location_in FILE: the upload's address, from an answer's headers.
location_in() {
  absolute "$(tr -d '\r' <"$1" | sed -n 's/^[Ll]ocation: //p')"
}

# begin: make a new blob of random bytes and open an upload for it.
begin() {
  head -c "$SIZE" /dev/urandom >"$SCRATCH/blob"
  curl -sSf -m 30 -X POST -D "$SCRATCH/headers" -o "$SCRATCH/answer" "http://$REGISTRY/v2/$REPOSITORY/blobs/uploads/"
  LOCATION=$(location_in "$SCRATCH/headers")
}

# slice FROM COUNT: a part of the blob.
slice() { dd if="$SCRATCH/blob" iflag=skip_bytes,count_bytes skip="$1" count="$2" bs=64K status=none; }

# patch FROM COUNT: send a chunk whole; sets LOCATION and CODE.
patch() {
  slice "$1" "$2" >"$SCRATCH/chunk"
  CODE=$(curl -sS -m 60 -X PATCH -D "$SCRATCH/headers" -o "$SCRATCH/answer" -w '%{http_code}' \
    -H 'Content-Type: application/octet-stream' -H "Content-Range: $1-$(($1 + $2 - 1))" \
    --data-binary "@$SCRATCH/chunk" "$LOCATION")
  [ "$CODE" != 202 ] || LOCATION=$(location_in "$SCRATCH/headers")
}

# status: ask where the upload stands; sets OFFSET and LOCATION. Nothing
# received may be said as "0-0" or by leaving the Range out; a range of one byte
# is also "0-0", which is why no test here sends a single byte.
status() {
  local code range
  code=$(curl -sS -m 30 -D "$SCRATCH/headers" -o "$SCRATCH/answer" -w '%{http_code}' "$LOCATION")
  [ "$code" = 204 ] || return 1
  range=$(tr -d '\r' <"$SCRATCH/headers" | sed -n 's/^[Rr]ange: *\(bytes=\)\{0,1\}0-//p')
  case $range in '' | 0) OFFSET=0 ;; *) OFFSET=$((range + 1)) ;; esac
  [ -z "$(location_in "$SCRATCH/headers")" ] || LOCATION=$(location_in "$SCRATCH/headers")
}

# settled: the server may need a moment to see that a client is gone, so the
# offset counts once it is the same twice.
settled() {
  local before
  status || return 1
  before=$OFFSET
  sleep 0.5
  status && [ "$before" = "$OFFSET" ]
}

# finish: send the rest, close the upload, and get the blob back.
finish() {
  local digest code
  digest=$(digest_of "$SCRATCH/blob")
  if [ "$OFFSET" -lt "$SIZE" ]; then
    patch "$OFFSET" "$((SIZE - OFFSET))"
    same "$1: the rest is accepted from the offset on" 202 "$CODE"
  fi
  code=$(curl -sS -m 60 -X PUT -D "$SCRATCH/headers" -o "$SCRATCH/answer" -w '%{http_code}' \
    "$LOCATION$(query_mark "$LOCATION")digest=$digest")
  same "$1: the upload closes with the digest of the whole" 201 "$code"
  fetch_blob "$REPOSITORY" "$digest" "$SCRATCH/fetched"
  same_file "$1: the blob is what the client meant to send" "$SCRATCH/blob" "$SCRATCH/fetched"
}

# check_offset NAME SENT: not more than was sent, whatever the server kept.
check_offset() {
  if [ "$OFFSET" -le "$2" ]; then
    pass "$1: offset $OFFSET after at most $2 bytes sent"
  else
    fail "$1: offset $OFFSET, but no more than $2 bytes were sent"
  fi
}

# send_part HEADER...: a client that sends 3 MB of the blob, and then nothing,
# with the request still open. Sets CLIENT.
send_part() {
  local header headers=()
  for header in "$@"; do headers+=(-H "$header"); done
  rm -f "$SCRATCH/pipe"
  mkfifo "$SCRATCH/pipe"
  curl -sS -m 60 -X PATCH -T - -H 'Content-Type: application/octet-stream' -H 'Expect:' "${headers[@]}" \
    -o "$SCRATCH/answer" "$LOCATION" <"$SCRATCH/pipe" >"$SCRATCH/client" 2>&1 &
  CLIENT=$!
  # Held open from here, or curl would see the end of its input.
  exec 4>"$SCRATCH/pipe"
  head -c "$((3 * MB))" "$SCRATCH/blob" >&4
  sleep 1
}

# cut_client: kill it, as a lost connection would.
cut_client() {
  kill -KILL "$CLIENT" 2>/dev/null || true
  wait "$CLIENT" 2>/dev/null || true
  exec 4>&-
}

start_server --data "$SCRATCH/data"

say "the server is killed between two chunks"
begin
patch 0 "$((3 * MB))"
same "between: first chunk" 202 "$CODE"
kill_server
start_server --data "$SCRATCH/data"
status || die "the upload is not known after the server was killed"
# An accepted chunk has been promised: the next one starts exactly behind it.
same "between: the accepted chunk is still there" "$((3 * MB))" "$OFFSET"
finish between

say "several chunks, the server killed after each"
begin
OFFSET=0
for ((chunk = 0; chunk < 4; chunk++)); do
  patch "$OFFSET" "$((2 * MB))"
  kill_server
  start_server --data "$SCRATCH/data"
  status || die "the upload is not known after the server was killed"
done
same "each: all chunks are there" "$SIZE" "$OFFSET"
finish each

# docker-registry keeps the bytes of a chunk that was cut off and then refuses
# the upload, so what follows can be shown with Berth only.
if [ "$CI_REGISTRY" = reference ]; then
  note "docker-registry 2.8.2 cannot resume inside a chunk: not checked"
  stop_server
  exit
fi

say "the client dies in the middle of a chunk of unstated length"
begin
send_part
cut_client
until_true 30 settled || die "the upload's offset cannot be read"
check_offset streamed "$((3 * MB))"
finish streamed

say "the client dies in the middle of a chunk of stated length"
begin
# Without the empty header curl would send in pieces of its own as well.
send_part 'Transfer-Encoding:' "Content-Length: $SIZE" "Content-Range: 0-$((SIZE - 1))"
cut_client
until_true 30 settled || die "the upload's offset cannot be read"
check_offset stated "$((3 * MB))"
finish stated

say "the server is killed in the middle of a chunk"
begin
patch 0 "$MB"
same "within: first chunk" 202 "$CODE"
slice "$MB" "$((SIZE - MB))" >"$SCRATCH/chunk"
curl -sS -m 60 -X PATCH --limit-rate 2M -H 'Content-Type: application/octet-stream' \
  -H "Content-Range: $MB-$((SIZE - 1))" --data-binary "@$SCRATCH/chunk" -o "$SCRATCH/answer" \
  "$LOCATION" >"$SCRATCH/client" 2>&1 &
CLIENT=$!
sleep 1.5
kill_server
wait "$CLIENT" || true
start_server --data "$SCRATCH/data"
status || die "the upload is not known after the server was killed"
check_offset within "$SIZE"
if [ "$OFFSET" -ge "$MB" ]; then
  pass "within: the accepted chunk is still there"
else
  fail "within: offset $OFFSET, but $MB bytes had been accepted"
fi
finish within

stop_server
