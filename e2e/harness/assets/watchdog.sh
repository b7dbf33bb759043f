# Ends what a test process started when that process is gone, however it went: SIGKILL closes a pipe too.
# Reads lines of `kill PID`, `spare PID` and `remove FOLDER`.
trap '' HUP INT TERM
pids=
while read -r verb what; do
    case $verb in
    kill) pids="$pids $what" ;;
    spare)
        rest=
        for pid in $pids; do [ "$pid" = "$what" ] || rest="$rest $pid"; done
        pids=$rest
        ;;
    remove) set -- "$@" "$what" ;;
    esac
done
[ -z "$pids" ] || kill -9 $pids
# A process that is being killed may still write: its folder goes after it.
sleep 1
[ $# = 0 ] || rm -rf -- "$@"
