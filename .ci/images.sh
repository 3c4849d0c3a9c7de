# shellcheck shell=bash
# Images made from nothing, as an OCI image layout: no image can be pulled from
# anywhere, and a test that knows every byte can compare every byte. Sourced
# after lib.sh.

OCI=application/vnd.oci.image
HOST_ARCH=$(dpkg --print-architecture)

# put_blob LAYOUT MEDIA-TYPE FILE: store a file, print its descriptor.
put_blob() {
  local digest
  digest=$(digest_of "$3")
  cp "$3" "$1/blobs/sha256/${digest#sha256:}"
  jq -cn --arg type "$2" --arg digest "$digest" --argjson size "$(stat -c %s "$3")" \
    '{mediaType: $type, digest: $digest, size: $size}'
}

# put_json LAYOUT MEDIA-TYPE JSON
put_json() {
  printf '%s' "$3" >"$SCRATCH/json"
  put_blob "$1" "$2" "$SCRATCH/json"
}

# name_it LAYOUT TAG DESCRIPTOR: enter a manifest in the layout's index.
name_it() {
  local index
  index=$(jq -c --arg tag "$2" --argjson manifest "$3" \
    '.manifests += [$manifest + {annotations: {"org.opencontainers.image.ref.name": $tag}}]' "$1/index.json")
  printf '%s' "$index" >"$1/index.json"
}

# tar_of_random FILE NAME KILOBYTES: a tar with one file that cannot be
# compressed, so that what is stored is as large as it says.
tar_of_random() {
  local dir=$SCRATCH/files
  mkdir -p "$dir"
  head -c "$(($3 * 1024))" /dev/urandom >"$dir/$2"
  tar --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$dir" -cf "$1" "$2"
  rm -r "$dir"
}

# put_image LAYOUT ARCHITECTURE LAYERS KILOBYTES-EACH: print the descriptor.
put_image() {
  local layers=() diff_ids=() i config manifest
  for ((i = 1; i <= $3; i++)); do
    tar_of_random "$SCRATCH/layer.tar" "file$i" "$4"
    diff_ids+=("$(digest_of "$SCRATCH/layer.tar")")
    # Clients compress plain layers while pushing; compressed ones they leave
    # alone, and only then can the digests be those of the layout.
    gzip -n -1 -f "$SCRATCH/layer.tar"
    layers+=("$(put_blob "$1" "$OCI.layer.v1.tar+gzip" "$SCRATCH/layer.tar.gz")")
  done
  config=$(jq -cn --arg arch "$2" --args \
    '{architecture: $arch, os: "linux", config: {}, rootfs: {type: "layers", diff_ids: $ARGS.positional}}' \
    "${diff_ids[@]}")
  config=$(put_json "$1" "$OCI.config.v1+json" "$config")
  manifest=$(jq -cn --arg type "$OCI.manifest.v1+json" --argjson config "$config" --jsonargs \
    '{schemaVersion: 2, mediaType: $type, config: $config, layers: $ARGS.positional}' "${layers[@]}")
  put_json "$1" "$OCI.manifest.v1+json" "$manifest"
}

# make_layout DIRECTORY: tags single, large (5 layers, 100 MB), amd64, arm64,
# multi (an index of these two) and artifact (its subject is single).
make_layout() {
  local single amd64 arm64 index empty artifact
  mkdir -p "$1/blobs/sha256"
  printf '{"imageLayoutVersion":"1.0.0"}' >"$1/oci-layout"
  printf '{"schemaVersion":2,"manifests":[]}' >"$1/index.json"

  single=$(put_image "$1" "$HOST_ARCH" 1 64)
  name_it "$1" single "$single"
  name_it "$1" large "$(put_image "$1" "$HOST_ARCH" 5 20480)"

  amd64=$(put_image "$1" amd64 1 64)
  arm64=$(put_image "$1" arm64 1 64)
  name_it "$1" amd64 "$amd64"
  name_it "$1" arm64 "$arm64"
  index=$(jq -cn --arg type "$OCI.index.v1+json" --argjson amd64 "$amd64" --argjson arm64 "$arm64" \
    '{schemaVersion: 2, mediaType: $type, manifests: [
       $amd64 + {platform: {architecture: "amd64", os: "linux"}},
       $arm64 + {platform: {architecture: "arm64", os: "linux"}}]}')
  name_it "$1" multi "$(put_json "$1" "$OCI.index.v1+json" "$index")"

  empty=$(put_json "$1" application/vnd.oci.empty.v1+json '{}')
  printf 'a signature, say' >"$SCRATCH/payload"
  artifact=$(jq -cn --arg type "$OCI.manifest.v1+json" --argjson empty "$empty" --argjson subject "$single" \
    --argjson layer "$(put_blob "$1" application/vnd.example.signature "$SCRATCH/payload")" \
    '{schemaVersion: 2, mediaType: $type, artifactType: "application/vnd.example.signature",
      config: $empty, layers: [$layer], subject: $subject, annotations: {"com.example.note": "hello"}}')
  name_it "$1" artifact "$(put_json "$1" "$OCI.manifest.v1+json" "$artifact")"
}

# use_layout: set LAYOUT. The 100 MB are made once when .ci/run asks for that.
use_layout() {
  LAYOUT=${CI_LAYOUT:-$SCRATCH/layout}
  [ -f "$LAYOUT/complete" ] || { make_layout "$LAYOUT" && touch "$LAYOUT/complete"; }
}

layout_digest() { jq -r --arg tag "$1" \
  '.manifests[] | select(.annotations["org.opencontainers.image.ref.name"] == $tag).digest' "$LAYOUT/index.json"; }
layout_file() { echo "$LAYOUT/blobs/sha256/${1#sha256:}"; }

# served_as_in_layout REPOSITORY REFERENCE DIGEST: the manifest, and all it
# names, come back from the registry byte for byte. Status only, for one PASS
# line for each image.
served_as_in_layout() {
  local file child
  file=$(layout_file "$3")
  fetch_manifest "$1" "$2" "$SCRATCH/fetched" || return 1
  cmp "$file" "$SCRATCH/fetched" || return 1
  for child in $(jq -r '.manifests[]?.digest' "$file"); do
    served_as_in_layout "$1" "$child" "$child" || return 1
  done
  for child in $(jq -r '(.config, .layers[]?) | .digest? // empty' "$file"); do
    fetch_blob "$1" "$child" "$SCRATCH/fetched" || return 1
    cmp "$(layout_file "$child")" "$SCRATCH/fetched" || return 1
  done
}

# check_served REPOSITORY TAG: as in the layout's tag of the same name.
check_served() {
  if served_as_in_layout "$1" "$2" "$(layout_digest "$2")"; then
    pass "$1:$2 is served byte for byte: manifests, configs, layers"
  else
    fail "$1:$2 is not served as it was pushed"
  fi
}

# upload REPOSITORY FILE: a blob the plain way, POST and PUT.
upload() {
  local location
  location=$(curl -sSf -m 60 -X POST -D - -o "$SCRATCH/answer" "http://$REGISTRY/v2/$1/blobs/uploads/" |
    tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
  curl -sSf -m 60 -T "$2" -H 'Content-Type: application/octet-stream' -o "$SCRATCH/answer" \
    "$(absolute "$location")$(query_mark "$location")digest=$(digest_of "$2")"
}
# A Location may lack the host, and may have a query already.
absolute() { case $1 in /*) echo "http://$REGISTRY$1" ;; *) echo "$1" ;; esac; }
query_mark() { case $1 in *\?*) echo '&' ;; *) echo '?' ;; esac; }

# push_artifact REPOSITORY SUBJECT-TAG: attach an artifact to an image that is
# in the registry, with curl because Debian's clients cannot make one. Nothing
# in the artifact is secret of a client library: it is three uploads.
push_artifact() {
  local subject subject_type manifest digest
  fetch_manifest "$1" "$2" "$SCRATCH/subject"
  subject=$(digest_of "$SCRATCH/subject")
  subject_type=$(jq -r .mediaType "$SCRATCH/subject")
  printf '{}' >"$SCRATCH/empty"
  printf 'a signature, say' >"$SCRATCH/payload"
  manifest=$(jq -cn --arg type "$OCI.manifest.v1+json" --arg subject "$subject" --arg subject_type "$subject_type" \
    --argjson subject_size "$(stat -c %s "$SCRATCH/subject")" \
    --arg empty "$(digest_of "$SCRATCH/empty")" --arg payload "$(digest_of "$SCRATCH/payload")" \
    --argjson payload_size "$(stat -c %s "$SCRATCH/payload")" \
    '{schemaVersion: 2, mediaType: $type, artifactType: "application/vnd.example.signature",
      config: {mediaType: "application/vnd.oci.empty.v1+json", digest: $empty, size: 2},
      layers: [{mediaType: "application/vnd.example.signature", digest: $payload, size: $payload_size}],
      subject: {mediaType: $subject_type, digest: $subject, size: $subject_size},
      annotations: {"com.example.note": "hello"}}')
  printf '%s' "$manifest" >"$SCRATCH/artifact"
  upload "$1" "$SCRATCH/empty"
  upload "$1" "$SCRATCH/payload"
  digest=$(digest_of "$SCRATCH/artifact")
  curl -sSf -m 60 -T "$SCRATCH/artifact" -H "Content-Type: $OCI.manifest.v1+json" -o "$SCRATCH/answer" \
    "http://$REGISTRY/v2/$1/manifests/$digest"
  fetch_manifest "$1" "$digest" "$SCRATCH/fetched"
  same_file "the artifact's manifest is served byte for byte" "$SCRATCH/artifact" "$SCRATCH/fetched"
  check_referrers "$1" "$subject" "$digest"
}

# check_referrers REPOSITORY SUBJECT-DIGEST ARTIFACT-DIGEST
check_referrers() {
  if [ "$CI_REGISTRY" = reference ]; then
    note "docker-registry 2.8.2 has no referrers API: not checked"
    return
  fi
  local listed
  listed=$(curl -sSf -m 30 "http://$REGISTRY/v2/$1/referrers/$2" |
    jq -r '.manifests[] | [.digest, .artifactType, .annotations["com.example.note"]] | join(" ")')
  same "the referrers API names the artifact" "$3 application/vnd.example.signature hello" "$listed"
}
