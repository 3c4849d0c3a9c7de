#!/bin/bash
# Users, rights and TLS, as real clients meet them: with passwords at each
# request, with tokens, and with a registry that anybody may pull from. What is
# refused is refused in each client's own words, and none tries for ever.

# shellcheck source=../lib.sh
source "$(dirname "$0")/../lib.sh"
# shellcheck source=../images.sh
source "$(dirname "$0")/../images.sh"

# No refusal takes longer than this many seconds.
REFUSAL_TIMEOUT=60
CERTS=$SCRATCH/certs.d/$REGISTRY
export DOCKER_CONFIG=$SCRATCH/docker-config
export REGISTRY_AUTH_FILE=$SCRATCH/auth.json
unset DOCKER_HOST DOCKER_CONTEXT DOCKER_TLS_VERIFY

docker() { bounded docker --host "unix://$SCRATCH/docker.sock" "$@"; }
engine_answers() { docker version >"$SCRATCH/version" 2>&1; }
skopeo() { bounded skopeo --tmpdir "$TMPDIR" "$@"; }
podman() {
  bounded podman --storage-driver vfs --root "$SCRATCH/root" --runroot "$SCRATCH/runroot" \
    --tmpdir "$SCRATCH/podman" --cgroup-manager cgroupfs --events-backend none "$@"
}
ctr() { bounded ctr --address "$SCRATCH/containerd/socket" --namespace ci "$@"; }
containerd_answers() { ctr version >"$SCRATCH/version" 2>&1; }

# refused WHAT WORDS COMMAND...: must fail, in good time, with one of the words.
refused() {
  local what=$1 words=$2 code=0 started=$SECONDS
  shift 2
  CLIENT_TIMEOUT=$REFUSAL_TIMEOUT "$@" >"$SCRATCH/refusal" 2>&1 || code=$?
  if [ "$code" = 0 ]; then
    fail "$what: was not refused"
  elif [ "$code" = 124 ]; then
    fail "$what: still running after $((SECONDS - started)) s"
  elif grep -qiE "$words" "$SCRATCH/refusal"; then
    pass "$what: $(grep -iEo "$words" "$SCRATCH/refusal" | head -n 1)"
  else
    fail "$what: exit code $code, and said: $(tail -n 3 "$SCRATCH/refusal")"
  fi
}

# An authority, and a certificate of it for 127.0.0.1.
make_certificates() {
  mkdir -p "$CERTS"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=CI authority" \
    -keyout "$SCRATCH/ca.key" -out "$CERTS/ca.crt"
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=127.0.0.1" \
    -keyout "$SCRATCH/server.key" -out "$SCRATCH/server.csr"
  printf 'subjectAltName=IP:127.0.0.1\n' >"$SCRATCH/san"
  openssl x509 -req -in "$SCRATCH/server.csr" -CA "$CERTS/ca.crt" -CAkey "$SCRATCH/ca.key" -CAcreateserial -days 2 \
    -extfile "$SCRATCH/san" -out "$SCRATCH/server.crt"
  printf 'server = "https://%s"\n[host."https://%s"]\n  ca = "%s"\n' "$REGISTRY" "$REGISTRY" "$CERTS/ca.crt" \
    >"$CERTS/hosts.toml"
}

status() { curl -s -m 10 --cacert "$CERTS/ca.crt" -o "$SCRATCH/ping" -w '%{http_code}' "$@"; }
challenges() { not_running "$SERVER_PID" || [ "$(status "https://$REGISTRY/v2/")" = 401 ]; }

# start_secure ARGUMENTS...
start_secure() {
  java -jar "$BERTH_JAR" --port "$PORT" --data "$SCRATCH/data" --htpasswd "$SCRATCH/users" \
    --tls-cert "$SCRATCH/server.crt" --tls-key "$SCRATCH/server.key" "$@" >>"$SERVER_LOG" 2>&1 9>&- &
  SERVER_PID=$!
  until_true 60 challenges || die "the registry did not answer /v2/ with 401 within 60 s"
  running "$SERVER_PID" || die "the registry ended while starting"
}

# users NAME...: each with the password NAME-secret. What changes is seen after about a second.
users() {
  local name
  for name in "$@"; do htpasswd -Bbn -C 8 "$name" "$name-secret"; done >"$SCRATCH/users.next"
  mv "$SCRATCH/users.next" "$SCRATCH/users"
}

DENIED='unauthorized|insufficient_scope|authorization failed|authentication required|denied|401|403|invalid username/password'

with_skopeo() {
  local mode=$1 image=docker://$REGISTRY/team/skopeo:$1
  skopeo copy --quiet --preserve-digests --dest-cert-dir "$CERTS" --dest-creds alice:alice-secret \
    --digestfile "$SCRATCH/pushed" "oci:$LAYOUT:single" "$image"
  skopeo copy --quiet --preserve-digests --src-cert-dir "$CERTS" --src-creds bob:bob-secret \
    --digestfile "$SCRATCH/pulled" "$image" "oci:$SCRATCH/skopeo-$mode:single"
  same "$mode: skopeo pulled what it pushed" "$(cat "$SCRATCH/pushed")" "$(cat "$SCRATCH/pulled")"
  refused "$mode: skopeo with a wrong password" "$DENIED" \
    skopeo inspect --cert-dir "$CERTS" --creds alice:wrong "$image"
  refused "$mode: skopeo without a password" "$DENIED" skopeo inspect --cert-dir "$CERTS" --no-creds "$image"
  refused "$mode: skopeo pushes what it may only pull" "$DENIED" \
    skopeo copy --quiet --dest-cert-dir "$CERTS" --dest-creds bob:bob-secret "oci:$LAYOUT:single" "$image"
  refused "$mode: skopeo does not trust another authority" 'certificate' skopeo inspect --creds alice:alice-secret "$image"
}

with_podman() {
  local mode=$1 image=$REGISTRY/team/podman:$1
  refused "$mode: podman logs in with a wrong password" "$DENIED" \
    podman login --cert-dir "$CERTS" -u alice -p wrong "$REGISTRY"
  podman login --cert-dir "$CERTS" -u alice -p alice-secret "$REGISTRY" >"$SCRATCH/login"
  podman import --quiet "$SCRATCH/one.tar" "$image" >"$SCRATCH/id"
  podman push --quiet --cert-dir "$CERTS" --digestfile "$SCRATCH/pushed" "$image"
  podman rmi --force --all >"$SCRATCH/removed"
  podman pull --quiet --cert-dir "$CERTS" "$image" >"$SCRATCH/id"
  same "$mode: podman pulled what it pushed" "$(cat "$SCRATCH/pushed")" \
    "$(podman image inspect --format '{{.Digest}}' "$image")"
  podman logout "$REGISTRY" >"$SCRATCH/login"
  refused "$mode: podman pulls without a password" "$DENIED" podman pull --quiet --cert-dir "$CERTS" "$image"
}

with_docker() {
  local mode=$1 image=$REGISTRY/team/docker:$1
  refused "$mode: docker logs in with a wrong password" "$DENIED" docker login -u alice -p wrong "$REGISTRY"
  refused "$mode: docker pushes without a password" "$DENIED|no basic auth" docker push "$image"
  docker login -u alice -p alice-secret "$REGISTRY" >"$SCRATCH/login" 2>&1
  docker push "$image" >"$SCRATCH/push"
  docker tag "$image" "$REGISTRY/secret/docker:1"
  refused "$mode: docker pushes where it may not" "$DENIED" docker push "$REGISTRY/secret/docker:1"
  docker image rm "$REGISTRY/secret/docker:1" >"$SCRATCH/removed"
  docker pull --quiet "$image" >"$SCRATCH/pull"
  same "$mode: docker pulled what it pushed" \
    "$REGISTRY/team/docker@$(sed -n 's/^.*digest: \(sha256:[0-9a-f]*\).*$/\1/p' "$SCRATCH/push")" \
    "$(docker image inspect --format '{{index .RepoDigests 0}}' "$image")"
  docker logout "$REGISTRY" >"$SCRATCH/login"
}

with_containerd() {
  local mode=$1 image=$REGISTRY/team/skopeo:$1
  ctr images pull --hosts-dir "$SCRATCH/certs.d" --user bob:bob-secret --snapshotter native "$image" >"$SCRATCH/pull"
  ctr images tag --force "$image" "$REGISTRY/team/containerd:$mode" >"$SCRATCH/tag"
  ctr images push --hosts-dir "$SCRATCH/certs.d" --user alice:alice-secret "$REGISTRY/team/containerd:$mode" >"$SCRATCH/push"
  same "$mode: containerd pushed what it pulled" 200 \
    "$(status -u alice:alice-secret -H "Accept: $MANIFEST_TYPES" \
      "https://$REGISTRY/v2/team/containerd/manifests/$mode" -H "$(authorization team/containerd)")"
  refused "$mode: containerd with a wrong password" "$DENIED" \
    ctr images pull --hosts-dir "$SCRATCH/certs.d" --user bob:wrong --snapshotter native "$image"
  # What is there already is not pushed again, so this one has a name of its own.
  ctr images tag --force "$image" "$REGISTRY/team/containerd:$mode-denied" >"$SCRATCH/tag"
  refused "$mode: containerd pushes what it may only pull" "$DENIED" \
    ctr images push --hosts-dir "$SCRATCH/certs.d" --user bob:bob-secret "$REGISTRY/team/containerd:$mode-denied"
  ctr images rm "$image" "$REGISTRY/team/containerd:$mode" "$REGISTRY/team/containerd:$mode-denied" >"$SCRATCH/removed"
}

# authorization REPOSITORY: the header that lets alice read it, in either mode.
authorization() {
  local token
  token=$(curl -s -m 10 --cacert "$CERTS/ca.crt" -u alice:alice-secret \
    "https://$REGISTRY/token?scope=repository:$1:pull" | jq -r '.token // empty' 2>"$SCRATCH/no-token") || true
  if [ -n "$token" ]; then echo "Authorization: Bearer $token"; else echo "X-No-Token: 1"; fi
}

if [ "$CI_REGISTRY" != berth ]; then
  note "these are Berth's own options"
  exit "$NOT_RUN"
fi
use_layout
try make_certificates
cat >"$SCRATCH/policy.yml" <<'P'
groups:
  dev: [alice]
rules:
  - who: group dev
    may: all
    in: team/**
  - who: any user
    may: pull
    in: team/**
P

say "start an engine and a containerd"
start_daemon "$SCRATCH/dockerd.log" dockerd --iptables=false --ip6tables=false --bridge=none --storage-driver=vfs \
  --data-root "$SCRATCH/docker" --exec-root "$SCRATCH/exec" -p "$SCRATCH/docker.pid" -H "unix://$SCRATCH/docker.sock"
mkdir "$SCRATCH/containerd"
printf 'version = 2\nroot = "%s"\nstate = "%s"\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n[grpc]\n  address = "%s"\n' \
  "$SCRATCH/containerd/root" "$SCRATCH/containerd/state" "$SCRATCH/containerd/socket" >"$SCRATCH/containerd.toml"
start_daemon "$SCRATCH/containerd.log" containerd --config "$SCRATCH/containerd.toml"
until_true 60 engine_answers || { tail "$SCRATCH/dockerd.log"; die "dockerd did not start"; }
until_true 60 containerd_answers || { tail "$SCRATCH/containerd.log"; die "containerd did not start"; }
tar_of_random "$SCRATCH/one.tar" file 64
for mode in passwords tokens; do docker import "$SCRATCH/one.tar" "$REGISTRY/team/docker:$mode" >"$SCRATCH/id"; done

for mode in passwords tokens; do
  say "$mode over TLS"
  users alice bob
  if [ "$mode" = tokens ]; then
    start_secure --policy "$SCRATCH/policy.yml" --tokens
  else
    start_secure --policy "$SCRATCH/policy.yml"
  fi
  with_skopeo "$mode"
  with_podman "$mode"
  with_docker "$mode"
  with_containerd "$mode"
  users alice
  sleep 1.5
  refused "$mode: a user who is there no more" "$DENIED" \
    skopeo inspect --cert-dir "$CERTS" --creds bob:bob-secret "docker://$REGISTRY/team/skopeo:$mode"
  stop_server
done

say "anybody pulls, users push"
users alice
cat >"$SCRATCH/public.yml" <<'P'
rules:
  - who: any user
    may: push
    in: "**"
  - who: anyone
    may: pull
    in: "**"
P
start_secure --policy "$SCRATCH/public.yml" --tokens
image=$REGISTRY/team/docker:tokens
docker pull --quiet "$image" >"$SCRATCH/pull"
pass "docker pulls without a password"
podman pull --quiet --cert-dir "$CERTS" "$image" >"$SCRATCH/id"
pass "podman pulls without a password"
skopeo inspect --cert-dir "$CERTS" --no-creds "docker://$image" >"$SCRATCH/inspected"
pass "skopeo pulls without a password"
ctr images pull --hosts-dir "$SCRATCH/certs.d" --snapshotter native "$image" >"$SCRATCH/pull"
pass "containerd pulls without a password"
refused "docker pushes without a password" "$DENIED|no basic auth" docker push "$image"
docker login -u alice -p alice-secret "$REGISTRY" >"$SCRATCH/login" 2>&1
docker push "$image" >"$SCRATCH/push"
pass "docker pushes with a password"
stop_server

say "secrets"
for secret in alice-secret bob-secret; do
  if grep -qF "$secret" "$SERVER_LOG" || grep -qF "$(printf 'alice:%s' "$secret" | base64)" "$SERVER_LOG"; then
    fail "the registry's log holds a password"
  else
    pass "no password is in the registry's log"
  fi
done
if grep -qE 'eyJ[A-Za-z0-9_-]{20}' "$SERVER_LOG"; then fail "a token is in the registry's log"; else pass "no token is in the registry's log"; fi
