#!/bin/bash
# A real Docker engine of its own pushes and pulls over plain HTTP, which it
# allows for 127.0.0.0/8. The registry is restarted between push and pull, so
# what is pulled comes from disk and not from the server's memory.

# shellcheck source=../lib.sh
source "$(dirname "$0")/../lib.sh"
# shellcheck source=../images.sh
source "$(dirname "$0")/../images.sh"

# Neither the user's client settings nor a running system engine may interfere.
export DOCKER_CONFIG=$SCRATCH/docker-config
unset DOCKER_HOST DOCKER_CONTEXT DOCKER_TLS_VERIFY
# The classic builder needs no plugin, and COPY runs no container.
export DOCKER_BUILDKIT=0

docker() { bounded docker --host "unix://$SCRATCH/docker.sock" "$@"; }
engine_answers() { docker version >"$SCRATCH/version" 2>&1; }

# content IMAGE: the names and hashes of the files an image unpacks to.
content() {
  local container
  container=$(docker create "$1" /none)
  rm -rf "$SCRATCH/export"
  mkdir "$SCRATCH/export"
  docker export "$container" | tar -C "$SCRATCH/export" -xf -
  docker rm "$container" >"$SCRATCH/removed"
  (cd "$SCRATCH/export" && find . -name 'file*' -type f -exec sha256sum {} + | sort)
}

# round_trip NAME LAYERS
round_trip() {
  local image=$REGISTRY/team/docker:$1 before pushed
  before=$(content "$image")
  docker push "$image" >"$SCRATCH/push"
  pushed=$(sed -n 's/^.*digest: \(sha256:[0-9a-f]*\).*$/\1/p' "$SCRATCH/push")
  same "$1: pushed digest is that of the bytes served" "$pushed" "$(manifest_digest team/docker "$1")"
  same "$1: layers served" "$2" "$(jq '.layers | length' "$SCRATCH/manifest")"
  docker image rm --force "$(docker image inspect --format '{{.Id}}' "$image")" >"$SCRATCH/removed"
  same "$1: images left in the engine" 0 "$(docker image ls --quiet | wc -l)"
  stop_server
  start_server --data "$SCRATCH/data"
  docker pull --quiet "$image" >"$SCRATCH/pull"
  same "$1: pulled digest equals the pushed one" "$REGISTRY/team/docker@$pushed" \
    "$(docker image inspect --format '{{join .RepoDigests " "}}' "$image")"
  same "$1: the files in the image" "$before" "$(content "$image")"
  docker image rm --force "$image" >"$SCRATCH/removed"
  docker pull --quiet "$REGISTRY/team/docker@$pushed" >"$SCRATCH/pull"
  pass "$1: can be pulled by digest"
  docker image rm --force "$REGISTRY/team/docker@$pushed" >"$SCRATCH/removed"
}

say "start an engine"
start_daemon "$SCRATCH/dockerd.log" dockerd --iptables=false --ip6tables=false --bridge=none --storage-driver=vfs \
  --data-root "$SCRATCH/root" --exec-root "$SCRATCH/exec" -p "$SCRATCH/docker.pid" -H "unix://$SCRATCH/docker.sock"
until_true 60 engine_answers || { tail "$SCRATCH/dockerd.log"; die "dockerd did not start"; }
start_server --data "$SCRATCH/data"

say "an image of one layer"
tar_of_random "$SCRATCH/one.tar" file 64
docker import "$SCRATCH/one.tar" "$REGISTRY/team/docker:single" >"$SCRATCH/id"
round_trip single 1

say "an image of 5 layers and 100 MB"
mkdir "$SCRATCH/build"
echo 'FROM scratch' >"$SCRATCH/build/Dockerfile"
for i in 1 2 3 4 5; do
  head -c 20971520 /dev/urandom >"$SCRATCH/build/file$i"
  echo "COPY file$i /" >>"$SCRATCH/build/Dockerfile"
done
try docker build --tag "$REGISTRY/team/docker:large" "$SCRATCH/build"
round_trip large 5
stop_server
