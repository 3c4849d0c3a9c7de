#!/bin/bash
# One directory, two registries: what Berth writes, Debian's docker-registry
# 2.8.2 serves and extends, and the other way round. Whoever changes to Berth
# keeps their data, and can go back.

# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
# shellcheck source=images.sh
source "$(dirname "$0")/images.sh"

DATA=$SCRATCH/data

skopeo() { bounded skopeo --tmpdir "$TMPDIR" "$@"; }
berth() { start_registry "$CI_REGISTRY" --data "$DATA"; }
docker_registry() { start_registry reference --data "$DATA"; }

# push REPOSITORY TAG [LAYOUT-TAG [OPTION...]]
push() {
  skopeo copy --quiet --all --dest-tls-verify=false "${@:4}" "oci:$LAYOUT:${3:-$2}" "docker://$REGISTRY/$1:$2"
}

# snapshot DIRECTORY: all that the running registry has, as a client sees it.
snapshot() {
  local repository tag
  mkdir -p "$1"
  get_json _catalog >"$1/catalog"
  for repository in $(jq -r '.repositories[]' "$1/catalog"); do
    mkdir -p "$1/$repository"
    get_json "$repository/tags/list" >"$1/$repository/tags"
    for tag in $(jq -r '.tags[]' "$1/$repository/tags"); do
      skopeo copy --quiet --all --src-tls-verify=false "docker://$REGISTRY/$repository:$tag" "dir:$1/$repository/$tag"
    done
  done
}

# check_snapshots WHAT EXPECTED ACTUAL
check_snapshots() {
  local differences
  if differences=$(diff -r "$SCRATCH/$2" "$SCRATCH/$3" 2>&1); then
    pass "$1: catalog, tags and $(find "$SCRATCH/$2" -type f | wc -l) files of manifests and blobs are the same"
  else
    printf '%s\n' "$differences" | head -n 20 >&9
    fail "$1"
  fi
}

# check_deleted REPOSITORY TAG
check_deleted() {
  same "deleted $1:$2 is not served" 404 \
    "$(curl -s -m 30 -o "$SCRATCH/answer" -w '%{http_code}' "http://$REGISTRY/v2/$1/manifests/$2")"
}

# check_collector: docker-registry's own garbage collector follows every link
# that Berth writes; a link it does not understand costs content.
check_collector() {
  cat >"$SCRATCH/collect.yml" <<END
version: 0.1
storage:
  filesystem:
    rootdirectory: $DATA
END
  bounded docker-registry garbage-collect "$SCRATCH/collect.yml" >"$SCRATCH/collected" 2>&1
  same "the garbage collector finds nothing to delete" 0 \
    "$(sed -n 's/^[0-9]* blobs marked, \([0-9]*\) blobs .*eligible for deletion$/\1/p' "$SCRATCH/collected")"
}

use_layout

say "Berth writes, docker-registry serves"
berth
for tag in single large multi artifact; do push team/app "$tag"; done
push team/app docker single --format v2s2
push library/other single
snapshot "$SCRATCH/written-by-berth"
stop_server
docker_registry
snapshot "$SCRATCH/served-by-docker"
check_snapshots "docker-registry serves Berth's directory" written-by-berth served-by-docker
for tag in single large multi artifact; do check_served team/app "$tag"; done

say "docker-registry extends what Berth wrote, Berth serves"
push team/app another large
push library/new arm64
snapshot "$SCRATCH/extended-by-docker"
stop_server
check_collector
berth
snapshot "$SCRATCH/extended-served-by-berth"
check_snapshots "Berth serves its directory after docker-registry extended it" extended-by-docker extended-served-by-berth
check_served library/new arm64
check_referrers team/app "$(layout_digest single)" "$(layout_digest artifact)"
stop_server

say "docker-registry writes, Berth serves"
rm -rf "$DATA" "$SCRATCH"/*-by-*
docker_registry
for tag in single large multi; do push team/app "$tag"; done
push team/app docker single --format v2s2
push library/other single
push library/other spare amd64
snapshot "$SCRATCH/written-by-docker"
stop_server
berth
snapshot "$SCRATCH/served-by-berth"
check_snapshots "Berth serves docker-registry's directory" written-by-docker served-by-berth
for tag in single large multi; do check_served team/app "$tag"; done

say "Berth extends what docker-registry wrote, docker-registry serves"
push team/app another large
push team/app amd64
push team/app artifact
push library/new arm64
# A new tag for what is there, moved to something else, must follow.
push library/other single amd64
curl -sSf -m 30 -X DELETE -o "$SCRATCH/answer" \
  "http://$REGISTRY/v2/team/app/manifests/$(manifest_digest team/app docker)"
check_deleted team/app docker
snapshot "$SCRATCH/extended-by-berth"
stop_server
docker_registry
snapshot "$SCRATCH/extended-served-by-docker"
check_snapshots "docker-registry serves its directory after Berth extended it" extended-by-berth extended-served-by-docker
for tag in single large multi amd64 artifact; do check_served team/app "$tag"; done
check_served library/new arm64
same "library/other:single was moved" "$(layout_digest amd64)" "$(manifest_digest library/other single)"
check_deleted team/app docker
push team/app final multi
stop_server
