#!/usr/bin/env bash
# What the README shows is what the program does: its lines `$ tupu …` are run in their order, and
# what stands below one has to be what it prints. usage: readme_test.sh TUPU SOURCE
set -u
tupu=$(realpath "$1")
source=$(realpath "$2")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
ln -s "$source/examples" examples
export NO_COLOR=1 LC_ALL=C.UTF-8
failed=0 ran=0

tupu() { "$tupu" "$@"; }

# finish: runs the command before, if there is one, and compares. One that shows nothing has to
# succeed; one whose message is shown has to fail.
finish() {
  local status want=0
  [ -n "$command" ] || return 0
  eval "$command" >out 2>err </dev/null
  status=$?
  if [ -s shown ]; then
    grep -q '^tupu: ' shown && want=1
    # What each run says anew, the README leaves out.
    cat out err | sed -E '/ of text in [0-9.]+ /d; /^store: /d' >printed
    diff -u --label "README.md:$place shows" --label 'tupu prints' shown printed || failed=1
  fi
  if [ "$status" != "$want" ]; then
    echo "README.md:$place: status $status, expected $want: $command"
    cat err
    failed=1
  fi
  ran=$((ran + 1))
  command=
}

number=0 fenced=no command=
while IFS= read -r line; do
  number=$((number + 1))
  if [[ $line == '```'* ]]; then
    finish
    [ $fenced = no ] && fenced=yes || fenced=no
  elif [[ $fenced = yes && $line == '$ tupu '* ]]; then
    finish
    command=${line#'$ '} place=$number
    : >shown
  elif [ -n "$command" ]; then
    printf '%s\n' "$line" >>shown
  fi
done <"$source/README.md"
if [ $ran -lt 10 ]; then
  echo "$ran commands found in README.md, expected ten or more"
  failed=1
fi
exit $failed
