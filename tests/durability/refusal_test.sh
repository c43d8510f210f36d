#!/usr/bin/env bash
# What stands in the way of writing: files that may not grow, a full disk, a folder that may not be
# written, a second writer. Each time the program must say so and end with status 1, never by a
# signal; what was committed must be there whole; and once the obstacle is gone building must go on
# to the graph of a build that never met one, byte for byte.
# usage: refusal_test.sh TUPU INPUT
# The full disk and the read-only folder are real ones (tmpfs, a bind mount) where root may mount,
# else that part says that it was left out.
set -u
tupu=$(realpath "$1")
input=$(realpath "$2")
scratch=$(mktemp -d)
mounted=()
clean() {
  local at
  for at in "${mounted[@]}"; do umount "$at" 2>/dev/null; done
  rm -rf "$scratch"
}
trap clean EXIT
failed=0 refused=0
fail() {
  echo "FAILED: $*"
  head -n 5 "$scratch/err" 2>/dev/null | cut -c 1-300 | sed 's/^/  /'
  failed=$((failed + 1))
}

# refuse WORDS COMMAND…: it must end with status 1 and a message that has the words (a pattern).
refuse() {
  local words=$1 status said
  shift
  # Through a pipe: that has no limit of size.
  said=$(timeout 120 "$@" 2>&1 >/dev/null </dev/null)
  status=$?
  echo "$said" >"$scratch/err"
  if [ $status != 1 ]; then
    fail "status $status, expected 1: $*"
  elif ! grep -q '^tupu: ' "$scratch/err" || ! grep -qE -- "$words" "$scratch/err"; then
    fail "no message with '$words': $*"
  else
    refused=$((refused + 1))
  fi
}
allow() {
  timeout 120 "$@" >"$scratch/out" 2>"$scratch/err" </dev/null || fail "status $?, expected 0: $*"
}
clean_store() { # STORE WHAT: what it holds agrees with itself
  [ -e "$1" ] || return
  allow "$tupu" check --store "$1"
}
same_graph() { # STORE WHAT
  allow "$tupu" export --store "$1" --format jsonl -o "$scratch/now.jsonl"
  cmp -s "$scratch/calm.jsonl" "$scratch/now.jsonl" || fail "$2: another graph than the calm build's"
}

allow "$tupu" build --store "$scratch/calm" "$input"
allow "$tupu" export --store "$scratch/calm" --format jsonl -o "$scratch/calm.jsonl"
printf 'id:ID,name\n' >"$scratch/nodes.csv"
for i in $(seq 3000); do echo "$i,名字$i"; done >>"$scratch/nodes.csv"

# ---- no file may be longer than so many KiB: a limit of the user, told as EFBIG and SIGXFSZ.
cat >"$scratch/limited" <<'END'
#!/usr/bin/env bash
ulimit -f "$1"
shift
exec "$@"
END
chmod +x "$scratch/limited"
for limit in 0 1 4 16; do
  rm -rf "$scratch/store"
  refuse 'tupu: ' "$scratch/limited" "$limit" "$tupu" build --store "$scratch/store" "$input"
  clean_store "$scratch/store" "limit $limit"
  allow "$tupu" build --store "$scratch/store" "$input"
  same_graph "$scratch/store" "after a limit of $limit KiB"
  refuse 'tupu: ' "$scratch/limited" "$limit" "$tupu" export --store "$scratch/store" --format jsonl -o "$scratch/part.jsonl"
  [ ! -e "$scratch/part.jsonl" ] || fail "a part of an export was left"
done
refuse 'tupu: ' "$scratch/limited" 16 "$tupu" import --store "$scratch/store" --nodes="N=$scratch/nodes.csv"
clean_store "$scratch/store" 'import'
same_graph "$scratch/store" 'after an import that was refused'
refuse 'tupu: ' "$scratch/limited" 1 "$tupu" backup --store "$scratch/store" "$scratch/backups"
same_graph "$scratch/store" 'after a backup that was refused'
rm -rf "$scratch/backups"
allow "$tupu" backup --store "$scratch/store" "$scratch/backups"

# ---- a disk without room
refuse '[Nn]o space left' "$tupu" export --store "$scratch/calm" --format jsonl -o /dev/full
if bash -c '"$1" query --store "$2" "MATCH (n) RETURN n.name" >/dev/full' _ "$tupu" "$scratch/calm" 2>"$scratch/err"; then
  fail 'a query into a full disk went well'
fi
disk=$scratch/disk
mkdir "$disk"
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=64k tmpfs "$disk" 2>/dev/null; then
  mounted+=("$disk")
  for room in 64k 128k 256k 320k 384k 512k; do
    mount -o "remount,size=$room" "$disk"
    if timeout 120 "$tupu" build --store "$disk/store" "$input" >"$scratch/out" 2>"$scratch/err"; then
      break # there was room
    fi
    refuse '[Nn]o space left' "$tupu" build --store "$disk/store" "$input"
    # Checking needs no room.
    clean_store "$disk/store" "a disk of $room"
  done
  mount -o remount,size=64m "$disk"
  allow "$tupu" build --store "$disk/store" "$input"
  same_graph "$disk/store" 'after a full disk'
  # Full beside a store that is whole: taking away and adding must be refused or done.
  first=$(sed -n 's/.*"id":"\([^"]*\)".*"kind":"document".*/\1/p' "$scratch/calm.jsonl" | head -n 1)
  dd if=/dev/zero of="$disk/ballast" bs=4k status=none 2>/dev/null
  refuse '[Nn]o space left' "$tupu" import --store "$disk/store" --nodes="N=$scratch/nodes.csv"
  [ -z "$first" ] || refuse '[Nn]o space left' "$tupu" rm --store "$disk/store" "$first"
  allow "$tupu" query --store "$disk/store" 'MATCH (n) RETURN count(*)'
  rm -f "$disk/ballast"
  clean_store "$disk/store" 'a full disk beside'
  same_graph "$disk/store" 'after a disk that was full for a while'
else
  echo 'left out: a full disk (only root may mount one)'
fi

# ---- a folder that may only be read
locked=$scratch/locked
mkdir "$locked"
cp -r "$scratch/calm" "$scratch/source"
if [ "$(id -u)" != 0 ]; then
  rmdir "$locked"
  mv "$scratch/source" "$locked"
  chmod -R a-w "$locked"
elif mount --bind "$scratch/source" "$locked" 2>/dev/null && mounted+=("$locked") &&
  mount -o remount,bind,ro "$locked" 2>/dev/null; then
  :
else
  locked=
  echo 'left out: a folder that may only be read (nothing may be mounted)'
fi
if [ -n "$locked" ]; then
  for command in "build --store $locked $input" "rm --store $locked x" "compact --store $locked" \
    "import --store $locked --nodes=N=$scratch/nodes.csv"; do
    # shellcheck disable=SC2086
    refuse "$locked" "$tupu" $command
  done
  same_graph "$locked" 'a folder that may only be read'
  allow "$tupu" check --store "$locked"
  allow "$tupu" search --store "$locked" 国家能源局
  allow "$tupu" stats --store "$locked"
  chmod -R u+w "$locked" 2>/dev/null
fi

# ---- a second writer: the first waits for its input
mkfifo "$scratch/pipe"
"$tupu" build --store "$scratch/calm" - <"$scratch/pipe" >"$scratch/first" 2>&1 &
first=$!
exec 3>"$scratch/pipe"
for _ in $(seq 600); do # until it has the store
  find "/proc/$first/fd" -lname '*/calm/LOCK' 2>/dev/null | grep -q . && break
  sleep 0.1
done
refuse 'another process' "$tupu" build --store "$scratch/calm" "$input"
refuse 'another process' "$tupu" rm --store "$scratch/calm" x
refuse 'another process' "$tupu" import --store "$scratch/calm" --nodes="N=$scratch/nodes.csv"
refuse 'another process' "$tupu" query --store "$scratch/calm" "CREATE (:Note)"
same_graph "$scratch/calm" 'beside a writer'
allow "$tupu" search --store "$scratch/calm" 国家能源局
echo '{"id":"late","text":"沙洲钢铁集团建设沙洲码头。"}' >&3
exec 3>&-
wait "$first" || fail "the first writer: $(head -n 3 "$scratch/first")"
allow "$tupu" check --store "$scratch/calm"
grep -q '1 added' "$scratch/first" || fail 'the first writer added nothing'
allow "$tupu" rm --store "$scratch/calm" late
same_graph "$scratch/calm" 'after two writers'

echo "{\"refused\": $refused, \"failed\": $failed}"
[ "$failed" = 0 ]
