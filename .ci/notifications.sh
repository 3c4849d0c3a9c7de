#!/bin/bash
# The same pushes, pulls and deletes, told by Berth and by Debian's
# docker-registry 2.8.2: the notifications are the same, but for what is one
# time, one process or one connection's own.

# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

RECEIVER_PORT=$(free_port)
TOLD=$SCRATCH/told
DOCKER_MANIFEST=application/vnd.docker.distribution.manifest.v2+json

# configuration: what both are told.
configuration() {
  cat >"$SCRATCH/config.yml" <<END
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: $1}, delete: {enabled: true}}
http: {addr: "127.0.0.1:$PORT"}
notifications:
  events: {includereferences: true}
  endpoints:
    - {name: ci, url: "http://127.0.0.1:$RECEIVER_PORT/hook", timeout: 5s, threshold: 5, backoff: 1s}
END
}

request() { curl -sS -m 30 -o "$SCRATCH/answer" "$@"; }

# upload REPOSITORY FILE
upload() {
  local location
  location=$(curl -sSi -m 30 -X POST "http://$REGISTRY/v2/$1/blobs/uploads/" | tr -d '\r' | sed -n 's/^Location: //pI')
  case $location in
    *\?*) location+="&" ;;
    *) location+="?" ;;
  esac
  case $location in
    /*) location=http://$REGISTRY$location ;;
  esac
  request -X PUT --data-binary "@$2" -H 'Content-Type: application/octet-stream' "${location}digest=$(digest_of "$2")"
}

# everything: what there is to tell of, one thing of each kind.
everything() {
  local layer config manifest base=http://$REGISTRY/v2
  printf layer >"$SCRATCH/layer"
  printf '{}' >"$SCRATCH/config"
  layer=$(digest_of "$SCRATCH/layer")
  config=$(digest_of "$SCRATCH/config")
  printf '{"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"%s","size":2,"digest":"%s"},"layers":[{"mediaType":"%s","size":5,"digest":"%s"}]}' \
    "$DOCKER_MANIFEST" application/vnd.docker.container.image.v1+json "$config" \
    application/vnd.docker.image.rootfs.diff.tar.gzip "$layer" >"$SCRATCH/manifest.json"
  manifest=$(digest_of "$SCRATCH/manifest.json")
  upload team/app "$SCRATCH/layer"
  upload team/app "$SCRATCH/config"
  request -X PUT --data-binary "@$SCRATCH/manifest.json" -H "Content-Type: $DOCKER_MANIFEST" "$base/team/app/manifests/1.0"
  request -X PUT --data-binary "@$SCRATCH/manifest.json" -H "Content-Type: $DOCKER_MANIFEST" "$base/team/app/manifests/$manifest"
  request -H "Accept: $DOCKER_MANIFEST" "$base/team/app/manifests/1.0"
  request -I -H "Accept: $DOCKER_MANIFEST" "$base/team/app/manifests/1.0"
  request -H "Accept: $DOCKER_MANIFEST" "$base/team/app/manifests/$manifest"
  request "$base/team/app/blobs/$layer"
  request -X POST "$base/other/app/blobs/uploads/?mount=$layer&from=team/app"
  request -X DELETE "$base/other/app/blobs/$layer"
  request -X DELETE "$base/team/app/manifests/$manifest"
}

EVENTS=12
BEFORE=0

# told: what came since BEFORE, a line for each.
told() { tail -n "+$((BEFORE + 1))" "$TOLD"; }

told_all() { [ "$(told | wc -l)" -ge "$EVENTS" ]; }

# shape: what was told, with what differs by nature left out, one event a
# line. A tag and its manifest go together, in whichever order.
shape() {
  told | sed 's/^\([^ ]*\) /{"type":"\1"}\n/' |
    jq -cS 'if .events then .events[] | .id |= type | .timestamp |= type | .request.id |= type
      | .request.addr |= type | .source.addr |= type | .source.instanceID |= type else . end' |
    awk 'NR > 20 { rest[NR] = $0; next } { print } END { for (n in rest) print rest[n] | "sort" }'
}

start_daemon "$TOLD" java "$CI_DIR/Receiver.java" "$RECEIVER_PORT"
until_true 60 curl -s -m 5 -o "$SCRATCH/answer" -d ready "http://127.0.0.1:$RECEIVER_PORT/" || die "no receiver"

for kind in reference berth; do
  say "$kind tells"
  BEFORE=$(wc -l <"$TOLD")
  configuration "$SCRATCH/$kind"
  case $kind in
    berth) java -jar "$BERTH_JAR" "$SCRATCH/config.yml" >>"$SERVER_LOG" 2>&1 9>&- & ;;
    reference) docker-registry serve "$SCRATCH/config.yml" >>"$SERVER_LOG" 2>&1 9>&- & ;;
  esac
  SERVER_PID=$!
  until_true 60 answers || die "the registry did not answer /v2/ with 200 within 60 s"
  everything
  until_true 30 told_all || die "$kind has not told everything: $(told | wc -l) of $EVENTS"
  shape >"$SCRATCH/$kind.told"
  end_process "$SERVER_PID"
  SERVER_PID=
done
note "$(wc -l <"$SCRATCH/reference.told") lines, such as $(sed -n 6p "$SCRATCH/reference.told" | cut -c 1-400)"
if differences=$(diff "$SCRATCH/reference.told" "$SCRATCH/berth.told"); then
  pass "both tell the same"
else
  printf '%s\n' "$differences" | cut -c 1-600 >&9
  fail "Berth tells something else than docker-registry"
fi
