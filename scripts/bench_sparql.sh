#!/usr/bin/env bash
# bench_sparql.sh [OPTION...]: `amic-kg bench --only sparql` against Fuseki, Oxigraph's own server and
# rdflib-endpoint, all on 127.0.0.1 over the same quads (QUADS, 1000000), in memory. Options go to
# the command. The servers end with this script.
set -euo pipefail
cd "$(dirname "$0")/.."
export QUADS=${QUADS:-1000000} HEAP=${HEAP:-6g} JIT=-XX:+UseParallelGC
bin=.venv/bin rivals=.cache/rivals
fuseki=tests/services/fuseki.sh

"$bin/uv" venv --quiet --allow-existing "$rivals"
"$bin/uv" pip sync --quiet --python "$rivals/bin/python" --require-hashes requirements/rivals.lock

folder=$(mktemp -d /var/tmp/amic-rivals.XXXXXX)
pids=()
stop() {
  "$fuseki" stop "$folder/fuseki" || true
  ((${#pids[@]})) && kill "${pids[@]}" 2>/dev/null || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

read -r fuseki_port oxigraph_port rdflib_port < <("$bin/python" - <<'PY'
import socket

held = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
print(*(server.getsockname()[1] for server in held))
PY
)
"$bin/amic-kg" bench quads "$folder/graph.nq" --quads "$QUADS"

echo "Fuseki, in memory, $HEAP of heap" >&2
dataset=$("$fuseki" start "$folder/fuseki" "$fuseki_port")
curl -sSf -o "$folder/loaded" -H 'Content-Type: application/n-quads' --data-binary "@$folder/graph.nq" "$dataset"

echo "Oxigraph's server, in memory" >&2
"$rivals/bin/oxigraph" serve --bind "127.0.0.1:$oxigraph_port" --union-default-graph 2>"$folder/oxigraph.log" &
pids+=($!)
curl -sf --retry 20 --retry-connrefused --retry-delay 1 -o "$folder/loaded" -H 'Content-Type: application/n-quads' \
  --data-binary "@$folder/graph.nq" "http://127.0.0.1:$oxigraph_port/store"

echo "rdflib-endpoint, in memory: it reads for minutes" >&2
"$rivals/bin/rdflib-endpoint" serve --host 127.0.0.1 --port "$rdflib_port" "$folder/graph.nq" >"$folder/rdflib.log" 2>&1 &
pids+=($!)
curl -sf --retry 600 --retry-connrefused --retry-delay 1 -o "$folder/loaded" -H 'Accept: application/json' \
  --data-urlencode 'query=ASK {}' "http://127.0.0.1:$rdflib_port/"

"$bin/amic-kg" bench --only sparql --quads "$QUADS" \
  --rival "Fuseki=$dataset?default-graph-uri=urn:x-arq:UnionGraph" \
  --rival "Oxigraph=http://127.0.0.1:$oxigraph_port/query" \
  --rival "rdflib-endpoint=http://127.0.0.1:$rdflib_port/" "$@"
