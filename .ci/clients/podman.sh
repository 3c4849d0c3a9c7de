#!/bin/bash
# podman, with storage of its own: import, push, remove, pull.

# shellcheck source=../lib.sh
source "$(dirname "$0")/../lib.sh"
# shellcheck source=../images.sh
source "$(dirname "$0")/../images.sh"

podman() {
  bounded podman --storage-driver vfs --root "$SCRATCH/root" --runroot "$SCRATCH/runroot" \
    --tmpdir "$SCRATCH/podman" --cgroup-manager cgroupfs --events-backend none "$@"
}

# content IMAGE: the names and hashes of the files an image unpacks to.
content() {
  local mount
  mount=$(podman image mount "$1")
  (cd "$mount" && find . -type f -exec sha256sum {} + | sort)
  podman image unmount "$1" >"$SCRATCH/unmounted"
}

# round_trip NAME: push the local image, forget it, pull it.
round_trip() {
  local image=$REGISTRY/team/podman:$1 before
  before=$(content "$image")
  podman push --quiet --tls-verify=false --digestfile "$SCRATCH/pushed" "$image"
  same "$1: pushed digest is that of the bytes served" "$(cat "$SCRATCH/pushed")" "$(manifest_digest team/podman "$1")"
  podman rmi --force "$image" >"$SCRATCH/removed"
  podman pull --quiet --tls-verify=false "$image" >"$SCRATCH/id"
  same "$1: pulled digest equals the pushed one" "$(cat "$SCRATCH/pushed")" \
    "$(podman image inspect --format '{{.Digest}}' "$image")"
  same "$1: the files in the image" "$before" "$(content "$image")"
}

use_layout
start_server --data "$SCRATCH/data"

say "an image of one layer"
tar_of_random "$SCRATCH/one.tar" hello 64
podman import --quiet "$SCRATCH/one.tar" "$REGISTRY/team/podman:single" >"$SCRATCH/id"
round_trip single

say "an image of 5 layers and 100 MB"
mkdir "$SCRATCH/build"
echo 'FROM scratch' >"$SCRATCH/build/Containerfile"
for i in 1 2 3 4 5; do
  head -c 20971520 /dev/urandom >"$SCRATCH/build/file$i"
  echo "COPY file$i /" >>"$SCRATCH/build/Containerfile"
done
podman build --quiet --layers --tag "$REGISTRY/team/podman:large" "$SCRATCH/build" >"$SCRATCH/id"
round_trip large
same "large: layers served" 5 "$(fetch_manifest team/podman large /dev/stdout | jq '.layers | length')"

say "an index of two platforms"
index=$REGISTRY/team/podman:multi
podman manifest create "$index" >"$SCRATCH/id"
for arch in amd64 arm64; do
  podman manifest add "$index" "oci:$LAYOUT:$arch" >"$SCRATCH/id"
done
podman manifest push --quiet --all --tls-verify=false --digestfile "$SCRATCH/pushed" "$index" "docker://$index"
same "multi: pushed digest is that of the bytes served" "$(cat "$SCRATCH/pushed")" "$(manifest_digest team/podman multi)"
podman manifest rm "$index" >"$SCRATCH/id"
for arch in amd64 arm64; do
  child=$(jq -r --arg arch "$arch" '.manifests[] | select(.platform.architecture == $arch).digest' "$SCRATCH/manifest")
  podman pull --quiet --tls-verify=false --platform "linux/$arch" "$index" >"$SCRATCH/id"
  same "multi: the $arch image is the one the index names" "$child" \
    "$(podman image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$index" | grep -oF "$child" | head -n 1)"
  podman rmi --force "$index" >"$SCRATCH/removed"
done

say "an artifact with a subject"
push_artifact team/podman single
stop_server
