#!/bin/bash
# containerd keeps manifests and blobs exactly as it pulled them, so its content
# store can be compared with the layout the images were imported from.

# shellcheck source=../lib.sh
source "$(dirname "$0")/../lib.sh"
# shellcheck source=../images.sh
source "$(dirname "$0")/../images.sh"

# The Kubernetes plugin is of no use here and would look for a network setup.
cat >"$SCRATCH/config.toml" <<END
version = 2
root = "$SCRATCH/root"
state = "$SCRATCH/state"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
  address = "$SCRATCH/containerd.sock"
[ttrpc]
  address = "$SCRATCH/containerd.sock.ttrpc"
END

ctr() { bounded ctr --address "$SCRATCH/containerd.sock" --namespace berth "$@"; }
daemon_answers() { ctr version >"$SCRATCH/version" 2>&1; }
target_of() { ctr images ls | awk -v name="$1" '$1 == name { print $3 }'; }

# held DIGEST: containerd has the manifest and all it names, as in the layout.
held() {
  local file digest
  file=$(layout_file "$1")
  ctr content get "$1" >"$SCRATCH/content" || return 1
  cmp "$file" "$SCRATCH/content" || return 1
  for digest in $(jq -r '.manifests[]?.digest' "$file"); do held "$digest" || return 1; done
  for digest in $(jq -r '(.config, .layers[]?) | .digest? // empty' "$file"); do
    ctr content get "$digest" >"$SCRATCH/content" || return 1
    cmp "$(layout_file "$digest")" "$SCRATCH/content" || return 1
  done
}

# forget IMAGE...: remove images, and wait until their content is gone as well,
# so that a pull has to fetch everything.
forget() {
  ctr images rm --sync "$@" >"$SCRATCH/removed"
  until_true 30 no_content || die "content was left behind: $(ctr content ls -q | tr '\n' ' ')"
}
no_content() { [ -z "$(ctr content ls -q)" ]; }

# round_trip TAG PULL-COMMAND...: the command gets the image's name.
round_trip() {
  local tag=$1 image=$REGISTRY/team/containerd:$1
  shift
  ctr images import --no-unpack --all-platforms --base-name "$REGISTRY/team/containerd" "$SCRATCH/layout.tar" >"$SCRATCH/imported"
  same "$tag: imported digest" "$(layout_digest "$tag")" "$(target_of "$image")"
  try ctr images push --plain-http "$image"
  mapfile -t all < <(ctr images ls -q)
  forget "${all[@]}"
  try ctr "$@" "$image"
  same "$tag: pulled digest equals the pushed one" "$(layout_digest "$tag")" "$(target_of "$image")"
  if held "$(layout_digest "$tag")"; then
    pass "$tag: containerd holds what was pushed, byte for byte"
  else
    fail "$tag: containerd holds something else than was pushed"
  fi
  check_served team/containerd "$tag"
  forget "$image"
}

say "start containerd"
use_layout
tar -C "$LAYOUT" -cf "$SCRATCH/layout.tar" oci-layout index.json blobs
start_daemon "$SCRATCH/containerd.log" containerd --config "$SCRATCH/config.toml"
until_true 60 daemon_answers || { tail "$SCRATCH/containerd.log"; die "containerd did not start"; }
start_server --data "$SCRATCH/data"

pull=(images pull --plain-http --snapshotter native)

say "an image of one layer"
round_trip single "${pull[@]}"
say "an image of 5 layers and 100 MB"
round_trip large "${pull[@]}"
say "an index of two platforms"
round_trip multi "${pull[@]}" --all-platforms
say "an artifact with a subject"
# Fetched, not pulled: there is nothing to unpack in it.
round_trip artifact content fetch --plain-http
check_referrers team/containerd "$(layout_digest single)" "$(layout_digest artifact)"
stop_server
