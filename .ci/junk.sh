#!/bin/bash
# A directory that Docker's registry has filled for years: tags that were pushed
# again and again, manifests that were deleted, uploads that nobody ended, blobs
# mounted into repositories that never used them. Berth says what can go and how
# many bytes that frees; it frees these, and every tag still pulls, from Berth
# and from Docker's registry.

# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
# shellcheck source=images.sh
source "$(dirname "$0")/images.sh"

DATA=$SCRATCH/data
PULLED=$SCRATCH/pulled
ROUNDS=4

skopeo() { bounded skopeo --tmpdir "$TMPDIR" "$@"; }

# A layout of its own: small images, each with a layer of its own.
LAYOUT=$SCRATCH/layout
make_images() {
  local i image
  mkdir -p "$LAYOUT/blobs/sha256"
  printf '{"imageLayoutVersion":"1.0.0"}' >"$LAYOUT/oci-layout"
  printf '{"schemaVersion":2,"manifests":[]}' >"$LAYOUT/index.json"
  for ((i = 0; i < ROUNDS; i++)); do
    image=$(put_image "$LAYOUT" "$HOST_ARCH" 2 $((20 + i)))
    name_it "$LAYOUT" "build$i" "$image"
    name_it "$LAYOUT" "multi$i" "$(put_json "$LAYOUT" "$OCI.index.v1+json" "$(jq -cn --arg type "$OCI.index.v1+json" \
      --argjson image "$image" '{schemaVersion: 2, mediaType: $type, manifests: [
        $image + {platform: {architecture: "amd64", os: "linux"}}]}')")"
  done
}

# push REPOSITORY TAG IMAGE
push() { skopeo copy --quiet --all --dest-tls-verify=false "oci:$LAYOUT:$3" "docker://$REGISTRY/$1:$2"; }

# begin_upload REPOSITORY BYTES: an upload that nobody ends.
begin_upload() {
  local location
  location=$(curl -sSf -m 60 -X POST -D - -o "$SCRATCH/answer" "http://$REGISTRY/v2/$1/blobs/uploads/" |
    tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
  head -c "$2" /dev/urandom >"$SCRATCH/part"
  curl -sSf -m 60 -X PATCH --data-binary "@$SCRATCH/part" -H 'Content-Type: application/octet-stream' \
    -o "$SCRATCH/answer" "$(absolute "$location")"
}

# mount REPOSITORY FROM IMAGE: the first layer of an image that is in another repository.
mount_layer() {
  local layer
  layer=$(jq -r '.layers[0].digest' "$(layout_file "$(layout_digest "$3")")")
  same "a layer of $2 is mounted into $1" 201 "$(curl -s -m 30 -X POST -o "$SCRATCH/answer" -w '%{http_code}' \
    "http://$REGISTRY/v2/$1/blobs/uploads/?mount=$layer&from=$2")"
}

delete_manifest() {
  curl -sSf -m 30 -X DELETE -o "$SCRATCH/answer" "http://$REGISTRY/v2/$1/manifests/$(manifest_digest "$1" "$2")"
}

fill() {
  local i
  for ((i = 0; i < ROUNDS; i++)); do
    push team/app latest "build$i"
    push team/app "v$i" "build$i"
    push team/multi latest "multi$i"
    push team/gone latest "build$i"
    begin_upload team/app $((10000 + i))
  done
  push library/kept stable multi1
  delete_manifest team/app v1
  delete_manifest team/app v2
  delete_manifest team/gone latest
  # An image whose only tag this was; its blobs are used elsewhere, its manifest is not.
  push other/app once build0
  delete_manifest other/app once
  mount_layer stray/mounted team/app build3
  head -c 30000 /dev/urandom >"$SCRATCH/stray"
  upload stray/blob "$SCRATCH/stray"
  begin_upload stray/upload 5000
}

content_bytes() { find "$DATA" -name data -printf '%s\n' | awk '{ sum += $1 } END { print sum + 0 }'; }

# tags_of REPOSITORY: none where Docker's registry knows it no more.
tags_of() { curl -s -m 30 "http://$REGISTRY/v2/$1/tags/list" | jq -r ".tags[]?"; }

# pull_all DIRECTORY: every tag that the running registry has.
pull_all() {
  local repository tag
  mkdir -p "$1"
  get_json _catalog | jq -r '.repositories[]' >"$1/catalog"
  while read -r repository; do
    # A repository all of whose tags are gone stays in the catalogue of Docker's registry.
    for tag in $(tags_of "$repository"); do
      mkdir -p "$1/tags/$repository"
      skopeo copy --quiet --all --src-tls-verify=false "docker://$REGISTRY/$repository:$tag" "dir:$1/tags/$repository/$tag"
    done
  done <"$1/catalog"
}

# check_pulls WHAT DIRECTORY
check_pulls() {
  local differences
  if differences=$(diff -r "$PULLED/before/tags" "$2/tags" 2>&1); then
    pass "$1: $(find "$2/tags" -name manifest.json | wc -l) tags pull as before, $(find "$2/tags" -type f | wc -l) files"
  else
    printf '%s\n' "$differences" | head -n 20 >&9
    fail "$1"
  fi
}

# collect OPTION...: how many bytes Berth says that it frees.
collect() {
  bounded java -jar "$BERTH_JAR" garbage-collect "$@" --delete-untagged --data "$DATA" >"$SCRATCH/collected" 2>>"$SERVER_LOG"
  sed -n "s/.*which \(would free\|freed\) .*\b\([0-9][0-9]*\) bytes\{0,1\}.*/\2/p" "$SCRATCH/collected"
}

make_images

say "docker-registry fills a directory"
start_registry reference --data "$DATA"
fill
pull_all "$PULLED/before"
stop_server
# It was long ago.
find "$DATA" -exec touch -h -d '30 days ago' {} +
before=$(content_bytes)

say "Berth says what can go, and lets it go"
foretold=$(collect --dry-run)
same "a dry run removes nothing" "$before" "$(content_bytes)"
[ "${foretold:-0}" -gt 100000 ] && pass "there is garbage: $foretold of $before bytes" || fail "no garbage is found: '$foretold'"
freed=$(collect)
same "what goes is what was foretold" "$foretold" "$freed"
same "the files are smaller by as much" "$freed" "$((before - $(content_bytes)))"
# Directories that have been empty for an hour go too.
find "$DATA" -type d -exec touch -d '2 hours ago' {} +
same "nothing is left to go" 0 "$(collect)"
same "no upload is left" 0 "$(find "$DATA" -path '*/_uploads/*' -name data | wc -l)"
same "repositories that have nothing are gone" "library team" \
  "$(find "$DATA/docker/registry/v2/repositories" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort | paste -sd ' ')"

say "every tag still pulls"
start_registry berth --data "$DATA"
pull_all "$PULLED/berth"
check_pulls "from Berth" "$PULLED/berth"
stop_server
start_registry reference --data "$DATA"
pull_all "$PULLED/reference"
check_pulls "from docker-registry" "$PULLED/reference"
stop_server
