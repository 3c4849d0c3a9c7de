#!/bin/bash
# buildah builds an image from nothing, layer by layer, pushes and pulls it.

# shellcheck source=../lib.sh
source "$(dirname "$0")/../lib.sh"
# shellcheck source=../images.sh
source "$(dirname "$0")/../images.sh"

buildah() {
  bounded buildah --storage-driver vfs --root "$SCRATCH/root" --runroot "$SCRATCH/runroot" "$@"
}

# build NAME LAYERS MEGABYTES-EACH: each commit on top of the one before adds a layer.
build() {
  local from=scratch i container
  for ((i = 1; i <= $2; i++)); do
    head -c "$(($3 * 1048576))" /dev/urandom >"$SCRATCH/file$i"
    container=$(buildah from --pull-never "$from")
    buildah copy --quiet "$container" "$SCRATCH/file$i" "/file$i" >"$SCRATCH/id"
    from=$(buildah commit --quiet --rm "$container" "$1")
    rm "$SCRATCH/file$i"
  done
}

# content IMAGE: the names and hashes of the files an image unpacks to.
content() {
  local container mount
  container=$(buildah from --pull-never "$1")
  mount=$(buildah mount "$container")
  (cd "$mount" && find . -type f -exec sha256sum {} + | sort)
  buildah rm "$container" >"$SCRATCH/removed"
}

# round_trip NAME FORMAT LAYERS
round_trip() {
  local image=$REGISTRY/team/buildah:$1 before
  before=$(content "$image")
  buildah push --quiet --format "$2" --tls-verify=false --digestfile "$SCRATCH/pushed" \
    "$image" "docker://$image"
  same "$1: pushed digest is that of the bytes served" "$(cat "$SCRATCH/pushed")" "$(manifest_digest team/buildah "$1")"
  same "$1: layers served" "$3" "$(jq '.layers | length' "$SCRATCH/manifest")"
  buildah rmi --all --force >"$SCRATCH/removed"
  buildah pull --quiet --tls-verify=false "$image" >"$SCRATCH/id"
  same "$1: pulled digest equals the pushed one" "$(cat "$SCRATCH/pushed")" \
    "$(buildah inspect --type image --format '{{.FromImageDigest}}' "$image")"
  same "$1: the files in the image" "$before" "$(content "$image")"
}

use_layout
start_server --data "$SCRATCH/data"

say "an image of one layer, in both manifest formats"
build "$REGISTRY/team/buildah:single" 1 1
round_trip single oci 1
buildah tag "$REGISTRY/team/buildah:single" "$REGISTRY/team/buildah:docker"
round_trip docker v2s2 1

say "an image of 5 layers and 100 MB"
build "$REGISTRY/team/buildah:large" 5 20
round_trip large oci 5

say "an index of two platforms"
index=$REGISTRY/team/buildah:multi
buildah manifest create "$index" >"$SCRATCH/id"
for arch in amd64 arm64; do
  buildah manifest add "$index" "oci:$LAYOUT:$arch" >"$SCRATCH/id"
done
buildah manifest push --quiet --all --tls-verify=false --digestfile "$SCRATCH/pushed" "$index" "docker://$index"
same "multi: pushed digest is that of the bytes served" "$(cat "$SCRATCH/pushed")" "$(manifest_digest team/buildah multi)"
cp "$SCRATCH/manifest" "$SCRATCH/index"
buildah manifest rm "$index" >"$SCRATCH/id"
for arch in amd64 arm64; do
  child=$(jq -r --arg arch "$arch" '.manifests[] | select(.platform.architecture == $arch).digest' "$SCRATCH/index")
  buildah pull --quiet --tls-verify=false --arch "$arch" "$index" >"$SCRATCH/id"
  same "multi: the $arch image is the one the index names" "$child" "$(digest_of_text \
    "$(buildah inspect --type image --format '{{.Manifest}}' "$index")")"
  buildah rmi --all --force >"$SCRATCH/removed"
done

say "an artifact with a subject"
push_artifact team/buildah single
stop_server
