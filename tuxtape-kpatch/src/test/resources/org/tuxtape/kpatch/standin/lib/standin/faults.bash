# Sourced by the stand-ins: what goes wrong, and where. PREFIX is where they are installed.
#
# Each line of $PREFIX/faults is KIND, PHASE, MODULE and ARGUMENT, parted by tabs; '*' is any module, '-' no argument.

# Everything that a stand-in starts inherits this, so that it is found in /proc/PID/environ.
export STAND_IN="$PREFIX"
MODULE=
TREE="$PWD"

remember_run() {
	env -0 > "$PREFIX/environment.$$" && mv "$PREFIX/environment.$$" "$PREFIX/environment"
	echo "$(basename "$0") $*" >> "$PREFIX/runs"
}

# phase NAME [TEXT]: says where the tool is, in its own words, and lets happen what was ordered for it.
phase() {
	echo "${2:-$1}"
	strike "$1"
}

strike() {
	local kind at module argument
	[[ -f $PREFIX/faults ]] || return 0
	while IFS=$'\t' read -r kind at module argument <&8; do
		[[ $at == "$1" ]] || continue
		[[ $module == '*' || $module == "$MODULE" ]] || continue
		fault "$kind" "$argument"
	done 8< "$PREFIX/faults"
	return 0
}

# wanted KIND PHASE: for what cannot happen between two steps, only within one.
wanted() {
	local kind at module argument
	[[ -f $PREFIX/faults ]] || return 1
	while IFS=$'\t' read -r kind at module argument <&8; do
		[[ $kind == "$1" && $at == "$2" && ($module == '*' || $module == "$MODULE") ]] && return 0
	done 8< "$PREFIX/faults"
	return 1
}

# modpost KO OBJECT...: what the link of the module says of symbols that nobody exports; fails if there are any.
modpost() {
	local module="$1" symbols
	shift
	symbols="$(awk -F '\t' '$1 == "needs" {print $3}' "$@" | sort -u)"
	[[ -n $symbols ]] || return 0
	printf "ERROR: modpost: \"%s\" [$module] undefined!\n" $symbols >&2
	echo "make[3]: *** [scripts/Makefile.modpost:145: $(dirname "$module")/Module.symvers] Error 1" >&2
	echo "make[2]: *** [Makefile:1876: modpost] Error 2" >&2
	return 1
}

fault() {
	case $1 in
	with-flags-*) [[ $TARGETS != *CFLAGS_* ]] || fault "${1#with-flags-}" "$2" ;;
	hang)
		touch "$PREFIX/hanging"
		sleep 86400 | cat
		;;
	wait)
		echo "waiting"
		for (( i = 0; i < 1200; i++ )); do
			[[ -e $PREFIX/go ]] && break
			sleep 0.05
		done
		;;
	kill)
		sleep 86400 &
		kill -KILL $$
		;;
	segv)
		ulimit -c 0
		kill -SEGV $$
		;;
	exit) exit "$2" ;;
	say) echo "$2" ;;
	# yes is ended by the pipe, which is no fault of the tool
	flood) { yes 'the tool has a lot to say, and says it again' || true; } | head -c "$2" && echo ;;
	long-line) head -c "$2" /dev/zero | tr '\0' 'x' && echo ;;
	garbage) printf 'a\0b\377\376\033[31mred\033[0m\rback\303\n\302' ;;
	ignore-term) trap '' TERM INT HUP ;;
	orphan) (cd "$TREE" && exec setsid sleep 86400 9< Makefile > /dev/null 2>&1 < /dev/null) & ;;
	litter) echo left > "$TREE/net/core/stray.orig" ;;
	esac
}
