# For the scripts beside it, which source it: runs a command and says what it cost. $scratch is a folder.

# measure CPUS COMMAND…: $seconds by the clock, $cpu seconds of computing, about $behind of them in
# RocksDB's own threads (flushing and compaction, beside the program), $memory kilobytes at most.
measure() {
  local cpus=$1 shell child now
  local ticks
  ticks=$(getconf CLK_TCK)
  shift
  (
    TIMEFORMAT='%R %U %S'
    time taskset -c "$cpus" "$@" >"$scratch/out" 2>"$scratch/err"
  ) 2>"$scratch/time" &
  shell=$! memory=0 behind=0
  while kill -0 "$shell" 2>/dev/null; do
    for child in $(cat "/proc/$shell/task/$shell/children" 2>/dev/null); do
      now=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$child/status" 2>/dev/null || true)
      [ "${now:-0}" -gt "$memory" ] && memory=$now
      now=$(cat /proc/"$child"/task/*/stat 2>/dev/null |
        awk -v t="$ticks" '$2 ~ /^\(rocksdb/ { sum += $14 + $15 } END { print sum / t }' || true)
      [ -n "$now" ] && [ "$now" != 0 ] && behind=$now
    done
    sleep 0.1
  done
  wait "$shell" || { cat "$scratch/err" >&2; exit 1; }
  seconds=$(cut -d ' ' -f 1 "$scratch/time")
  cpu=$(awk '{ printf "%.3f", $2 + $3 }' "$scratch/time")
}
