#!/bin/bash
# What goes wrong in Berth's registry on purpose is seen as just that by a Docker
# engine and by containerd. SeenFaultsTest asks others, and knows of all faults.

# shellcheck source=../lib.sh
source "$(dirname "$0")/../lib.sh"
# shellcheck source=../images.sh
source "$(dirname "$0")/../images.sh"

export DOCKER_CONFIG=$SCRATCH/docker-config
unset DOCKER_HOST DOCKER_CONTEXT DOCKER_TLS_VERIFY

docker() { bounded docker --host "unix://$SCRATCH/docker.sock" "$@"; }
engine_answers() { docker version >"$SCRATCH/version" 2>&1; }
# A namespace for each fault has nothing from before; pushes begin with the one that has the image.
ctr() { bounded ctr --address "$SCRATCH/containerd/socket" --namespace "$NAMESPACE" "$@"; }
containerd_answers() { ctr version >"$SCRATCH/version" 2>&1; }
serves() { [ "$(curl -s -m 5 -o "$SCRATCH/ping" -w '%{http_code}' "http://$REGISTRY/v2/")" = 200 ]; }

# sees WHAT WORDS COMMAND...: it fails, and says why in its own words. No words: it is not asked.
sees() {
  [ -n "$2" ] || return 0
  if "${@:3}" >"$SCRATCH/said" 2>&1; then
    fail "$1: did not fail"
  elif grep -qE "$2" "$SCRATCH/said"; then
    pass "$1: $(grep -Eo "$2" "$SCRATCH/said" | head -n 1)"
  else
    fail "$1: said $(tail -n 2 "$SCRATCH/said")"
  fi
}

# pulls FAULT DOCKER-WORDS CONTAINERD-WORDS
pulls() {
  skopeo copy --quiet --dest-tls-verify=false "oci:$LAYOUT:single" "docker://$REGISTRY/pull/$1:1"
  NAMESPACE=$1
  sees "docker, $1" "$2" docker pull --quiet "$REGISTRY/pull/$1:1"
  sees "containerd, $1" "$3" ctr images pull --plain-http --snapshotter native "$REGISTRY/pull/$1:1"
}

# pushes FAULT DOCKER-WORDS CONTAINERD-WORDS
pushes() {
  docker tag "$REGISTRY/good/app:1" "$REGISTRY/push/$1:1"
  sees "docker, $1" "$2" docker push "$REGISTRY/push/$1:1"
  ctr images tag "$REGISTRY/good/app:1" "$REGISTRY/push/$1:1" >"$SCRATCH/tag"
  sees "containerd, $1" "$3" ctr images push --plain-http "$REGISTRY/push/$1:1"
}

if [ "$CI_REGISTRY" != berth ]; then
  note "these are Berth's own faults"
  exit "$NOT_RUN"
fi
use_layout
mkdir "$SCRATCH/containerd"
printf 'version = 2\nroot = "%s"\nstate = "%s"\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n[grpc]\n  address = "%s"\n[ttrpc]\n  address = "%s"\n[plugins."io.containerd.metadata.v1.bolt"]\n  content_sharing_policy = "isolated"\n' \
  "$SCRATCH/containerd/root" "$SCRATCH/containerd/state" "$SCRATCH/containerd/socket" "$SCRATCH/containerd/ttrpc" >"$SCRATCH/containerd.toml"

NAMESPACE=ci

say "start all"
start_daemon "$SERVER_LOG" java -cp "$BERTH_JAR" "$CI_DIR/clients/Faulty.java" "$PORT"
start_daemon "$SCRATCH/containerd.log" containerd --config "$SCRATCH/containerd.toml"
start_daemon "$SCRATCH/dockerd.log" dockerd --iptables=false --ip6tables=false --bridge=none --storage-driver=vfs \
  --max-download-attempts=1 \
  --data-root "$SCRATCH/root" --exec-root "$SCRATCH/exec" -p "$SCRATCH/docker.pid" -H "unix://$SCRATCH/docker.sock"
until_true 180 serves || die "the registry did not start"
until_true 60 containerd_answers || { tail "$SCRATCH/containerd.log"; die "containerd did not start"; }
until_true 60 engine_answers || { tail "$SCRATCH/dockerd.log"; die "dockerd did not start"; }

CLIENT_TIMEOUT=60
say "pulls"
pulls refused '503 Service Unavailable' '503 Service Unavailable'
pulls busy 'toomanyrequests: you have asked too often' '429 Too Many Requests'
pulls proxy '502 Bad Gateway' '502 Bad Gateway'
pulls elsewhere '127.0.0.1:1: connect: connection refused' '127.0.0.1:1: connect: connection refused'
pulls flipped 'verification failed' 'unexpected commit digest'
pulls unanswered 'connection reset by peer|EOF' 'connection reset by peer|EOF'
# Who is not asked here comes again for the rest, and again.
pulls truncated 'unexpected EOF' ''
pulls reset '' 'connection reset by peer'
# An engine believes the bytes alone.
pulls digest '' 'sha256:0{64} not found|0{64}: not found'

say "pushes"
NAMESPACE=good
skopeo copy --quiet --dest-tls-verify=false "oci:$LAYOUT:single" "docker://$REGISTRY/good/app:1"
docker pull --quiet "$REGISTRY/good/app:1" >"$SCRATCH/pull"
ctr images pull --plain-http --snapshotter native "$REGISTRY/good/app:1" >"$SCRATCH/pull"
# What containerd knows to be in another repository it mounts, and uploads nothing.
pushes location 'PATCH does not go with this path' ''
pushes forgotten 'blob upload unknown' ''
pushes reset 'connection reset by peer|broken pipe' ''
pushes unheard 'connection reset by peer|EOF' 'connection reset by peer|EOF|closed (network connection|pipe)'
pushes refused 'HTTP status: 500' 'unexpected status: 500'
pushes denied 'denied|403 Forbidden' '403 Forbidden'
