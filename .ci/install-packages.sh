#!/bin/bash
# The clients the tests drive, as Debian packages. Does nothing, and needs no
# network, when all of them are there.
set -euo pipefail

PACKAGES=(
  apache2-utils buildah ca-certificates containerd crun curl docker-registry docker.io jq nginx openssl podman procps skopeo uidmap wrk
)
# The conformance suite is built from source; any Go will do as a start.
command -v go >/dev/null || PACKAGES+=(golang-go)

missing=()
for package in "${PACKAGES[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} = 0 ]; then
  echo "all packages are installed: ${PACKAGES[*]}"
  exit
fi
echo "to install: ${missing[*]}"
if [ "$(id -u)" != 0 ]; then
  echo "only root can install packages" >&2
  exit 1
fi

# Some of them are system services. The tests start their own, on their own
# ports and directories, so the installation must not start any.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
fi

export DEBIAN_FRONTEND=noninteractive
options=(-q -y -o Acquire::Retries=3 -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0)
apt-get "${options[@]}" update
apt-get "${options[@]}" install --no-install-recommends "${missing[@]}"
