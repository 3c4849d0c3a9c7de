#!/bin/bash
# skopeo copies an OCI layout in and out without changing a byte, so what the
# registry stored can be compared with the files it came from.

# shellcheck source=../lib.sh
source "$(dirname "$0")/../lib.sh"
# shellcheck source=../images.sh
source "$(dirname "$0")/../images.sh"

skopeo() { bounded skopeo --tmpdir "$TMPDIR" "$@"; }
remote() { echo "docker://$REGISTRY/team/app:$1"; }

# round_trip TAG: layout -> registry -> a second layout.
round_trip() {
  local digest
  digest=$(layout_digest "$1")
  skopeo copy --quiet --all --preserve-digests --dest-tls-verify=false \
    --digestfile "$SCRATCH/pushed" "oci:$LAYOUT:$1" "$(remote "$1")"
  same "$1: pushed digest" "$digest" "$(cat "$SCRATCH/pushed")"
  skopeo inspect --raw --tls-verify=false "$(remote "$1")" >"$SCRATCH/raw"
  same_file "$1: manifest from the registry" "$(layout_file "$digest")" "$SCRATCH/raw"
  skopeo copy --quiet --all --preserve-digests --src-tls-verify=false \
    --digestfile "$SCRATCH/pulled" "$(remote "$1")" "oci:$SCRATCH/pulled-layout:$1"
  same "$1: pulled digest" "$digest" "$(cat "$SCRATCH/pulled")"
  check_served team/app "$1"
}

use_layout
start_server --data "$SCRATCH/data"

say "TLS spoken to a plain port"
# Without TLS verification these clients try TLS first. A server that waits for
# more of what it cannot read costs each of their commands 10 seconds.
code=0
curl -sk -m 5 "https://$REGISTRY/v2/" 2>"$SCRATCH/answer" || code=$?
case $code in
  0) fail "the registry speaks TLS" ;;
  28) fail "a TLS handshake is left unanswered" ;;
  *) pass "a TLS handshake is turned down at once" ;;
esac

say "images into file storage"
for tag in single large multi; do round_trip "$tag"; done
# Every blob that was pulled must be one of those pushed, with the same bytes.
pulled=0
for blob in "$SCRATCH"/pulled-layout/blobs/sha256/*; do
  cmp "$blob" "$LAYOUT/blobs/sha256/${blob##*/}" || die "pulled blob ${blob##*/} differs"
  pulled=$((pulled + 1))
done
pass "$pulled pulled blobs are byte for byte those pushed"

say "an artifact with a subject"
round_trip artifact
check_referrers team/app "$(layout_digest single)" "$(layout_digest artifact)"

say "tags, delete by digest, and a copy between repositories"
same "tags" '["artifact","large","multi","single"]' \
  "$(skopeo list-tags --tls-verify=false "docker://$REGISTRY/team/app" | jq -cS '.Tags | sort')"
# The blobs are in the registry already, so this is where skopeo mounts them.
skopeo copy --quiet --all --preserve-digests --src-tls-verify=false --dest-tls-verify=false \
  "$(remote large)" "docker://$REGISTRY/team/copy:large"
check_served team/copy large
skopeo delete --tls-verify=false "docker://$REGISTRY/team/copy:large"
if skopeo inspect --raw --tls-verify=false "docker://$REGISTRY/team/copy:large" >"$SCRATCH/raw" 2>&1; then
  fail "a deleted manifest can still be pulled"
else
  pass "a deleted manifest is gone"
fi
check_served team/app large

say "everything again after a restart"
stop_server
start_server --data "$SCRATCH/data"
for tag in single large multi artifact; do check_served team/app "$tag"; done
stop_server
