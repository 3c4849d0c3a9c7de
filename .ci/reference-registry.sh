#!/bin/bash
# Debian's docker-registry behind the options Berth's standalone server takes,
# so that a script can start either with the same words.
set -euo pipefail

port=
data=
while [ $# -gt 0 ]; do
  case $1 in
    --port) port=$2; shift ;;
    --data) data=$2; shift ;;
    --memory) data=$(mktemp -d) ;;
    --allow-missing-references) ;; # has no such switch
    *) echo "unknown option $1" >&2; exit 2 ;;
  esac
  shift
done

# The secret signs upload locations, and must outlive a restart. Without a
# drain timeout SIGTERM would end the process at once, with code 143.
config=$(mktemp)
cat >"$config" <<END
version: 0.1
log:
  level: error
  accesslog:
    disabled: true
storage:
  filesystem:
    rootdirectory: $data
  delete:
    enabled: true
http:
  addr: 127.0.0.1:$port
  secret: the-same-after-a-restart
  draintimeout: 5s
END
exec docker-registry serve "$config"
