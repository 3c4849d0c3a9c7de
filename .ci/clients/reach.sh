#!/bin/bash
# The files that ClientSetup writes do what they say: with them skopeo, podman,
# buildah, containerd and docker talk to a registry with plain HTTP and to one
# whose authority nobody knows, without an option about TLS; without them not.

# shellcheck source=../lib.sh
source "$(dirname "$0")/../lib.sh"
# shellcheck source=../images.sh
source "$(dirname "$0")/../images.sh"

# A home of their own, with what was written where a user has it.
clients_home() {
  mkdir -p "$SCRATCH/$1/.config"
  [ "$1" = stranger ] || ln -s "$SCRATCH/etc/containers" "$SCRATCH/$1/.config/containers"
}
as() { HOME=$SCRATCH/$1 bounded "${@:2}"; }
storage=(--storage-driver vfs --root "$SCRATCH/root" --runroot "$SCRATCH/runroot")
podman() { bounded podman "${storage[@]}" --tmpdir "$SCRATCH/podman" --cgroup-manager cgroupfs --events-backend none "$@"; }
ctr() { bounded ctr --address "$SCRATCH/containerd/socket" --namespace ci "$@"; }
containerd_answers() { ctr version >"$SCRATCH/version" 2>&1; }
docker() { bounded docker --host "unix://$SCRATCH/docker.sock" "$@"; }
engine_answers() { docker version >"$SCRATCH/version" 2>&1; }

# refused WHAT WORDS COMMAND...
refused() {
  if CLIENT_TIMEOUT=60 "${@:3}" >"$SCRATCH/refusal" 2>&1; then
    fail "$1: was not refused"
  elif grep -qiE "$2" "$SCRATCH/refusal"; then
    pass "$1: $(grep -iEo "$2" "$SCRATCH/refusal" | head -n 1)"
  else
    fail "$1: said $(tail -n 3 "$SCRATCH/refusal")"
  fi
}

if [ "$CI_REGISTRY" != berth ]; then
  note "these are Berth's own files"
  exit "$NOT_RUN"
fi
use_layout
clients_home told
clients_home stranger

say "start the registries"
start_daemon "$SERVER_LOG" java -cp "$BERTH_JAR" "$CI_DIR/clients/Reach.java" "$SCRATCH"
until_true 60 test -e "$SCRATCH/addresses" || die "the registries did not start"
read -r plain tls <"$SCRATCH/addresses"

for registry in "$plain" "$tls"; do
  [ "$registry" = "$plain" ] && what='plain HTTP' words='HTTP response to HTTPS|first record' || what='TLS' words='certificate'
  say "skopeo, podman and buildah, $what"
  refused "skopeo is told nothing" "$words" \
    as stranger skopeo copy --quiet "oci:$LAYOUT:single" "docker://$registry/team/app:1"
  as told skopeo copy --quiet --preserve-digests --digestfile "$SCRATCH/pushed" \
    "oci:$LAYOUT:single" "docker://$registry/team/app:1"
  same "skopeo pushes" "$(layout_digest single)" "$(cat "$SCRATCH/pushed")"
  HOME=$SCRATCH/stranger refused "podman is told nothing" "$words" podman pull --quiet "$registry/team/app:1"
  HOME=$SCRATCH/told podman pull --quiet "$registry/team/app:1" >"$SCRATCH/id"
  same "podman pulls what skopeo pushed" "$(layout_digest single)" \
    "$(HOME=$SCRATCH/told podman image inspect --format '{{.Digest}}' "$registry/team/app:1")"
  as told buildah "${storage[@]}" push --quiet --digestfile "$SCRATCH/pushed" "$registry/team/app:1" "docker://$registry/team/app:2"
  same "buildah pushes what podman pulled" "$(cat "$SCRATCH/pushed")" \
    "$(as told skopeo inspect --format '{{.Digest}}' "docker://$registry/team/app:2")"
done

say "containerd, by the names that nodes of a cluster use"
mkdir "$SCRATCH/containerd"
printf 'version = 2\nroot = "%s"\nstate = "%s"\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n[grpc]\n  address = "%s"\n' \
  "$SCRATCH/containerd/root" "$SCRATCH/containerd/state" "$SCRATCH/containerd/socket" >"$SCRATCH/containerd.toml"
start_daemon "$SCRATCH/containerd.log" containerd --config "$SCRATCH/containerd.toml"
until_true 60 containerd_answers || { tail "$SCRATCH/containerd.log"; die "containerd did not start"; }
for name in plain trusted unverified; do
  image=$name.invalid:5000/team/app:1
  ctr images pull --hosts-dir "$SCRATCH/kind/certs.d" --snapshotter native "$image" >"$SCRATCH/pull"
  same "containerd pulls, $name" "$(layout_digest single)" \
    "$(ctr images ls | awk -v name="$image" '$1 == name { print $3 }')"
  ctr images tag "$image" "$name.invalid:5000/team/$name:1" >"$SCRATCH/tag"
  ctr images push --hosts-dir "$SCRATCH/kind/certs.d" "$name.invalid:5000/team/$name:1" >"$SCRATCH/push"
  pass "containerd pushes, $name"
done
ctr images pull --hosts-dir "$SCRATCH/etc/containerd/certs.d" --snapshotter native "$tls/team/app:1" >"$SCRATCH/pull"
pass "containerd pulls by the address"
# To a loopback address it talks plain HTTP then.
refused "containerd is told nothing" 'certificate|400 bad request' ctr images pull --snapshotter native "$tls/team/app:1"

say "docker reads its daemon.json"
start_daemon "$SCRATCH/dockerd.log" dockerd --config-file "$SCRATCH/etc/docker/daemon.json" \
  --iptables=false --ip6tables=false --bridge=none --storage-driver=vfs \
  --data-root "$SCRATCH/docker" --exec-root "$SCRATCH/exec" -p "$SCRATCH/docker.pid" -H "unix://$SCRATCH/docker.sock"
until_true 60 engine_answers || { tail "$SCRATCH/dockerd.log"; die "dockerd did not start"; }
same "docker takes the registry with plain HTTP for one" false \
  "$(docker info --format '{{json .RegistryConfig.IndexConfigs}}' | jq --arg name "$plain" '.[$name].Secure')"
