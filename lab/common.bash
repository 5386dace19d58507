# shellcheck shell=bash
# What the lab's scripts share. They set `name`, how they call themselves, and
# source this file; `root` is the lab's cache then.

note() { printf '%s: %s\n' "${name:?}" "$*" >&2; }
die() {
    local status=$1
    shift
    note "$*"
    exit "$status"
}

root=${TUXTAPE_LAB:-$HOME/.cache/tuxtape-lab}
mkdir -p "$root"
root=$(readlink -f "$root")

attempt() {
    local try
    for try in 1 2 3; do
        if "$@"; then return; fi
        note "failed ($try of 3): $*"
        if ((try < 3)); then sleep $((try * 3)); fi
    done
    return 1
}

# Runs a command with its output in $log, and says how long it took.
step() {
    local what=$1 start=$SECONDS
    shift
    note "$what (log: ${log:?})"
    if ! "$@" >>"$log" 2>&1 4>&-; then
        grep -E -m 10 'error: |undefined reference|\*\*\* ' "$log" >&2 || tail -n 20 "$log" >&2
        return 1
    fi
    note "$what: $((SECONDS - start)) s"
}

# One run at a time: the others wait, and then find what they were to make. The
# commands that are started below inherit the lock, so when a run is killed the
# next one waits for its orphaned make instead of working beside it. True when
# there was something to wait for.
lock() {
    exec 9>"$root/lock"
    if flock -n 9; then return 1; fi
    note "another run is at work in $root, waiting for it"
    flock 9
}

# --- packages ---------------------------------------------------------------

# What a kernel build needs.
# shellcheck disable=SC2034 # used where this is sourced
kernel_packages=(build-essential bc bison flex libelf-dev libssl-dev cpio kmod rsync elfutils gawk xz-utils)

# Prints those of the packages that are not installed.
missing() {
    local package
    for package; do
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
    done
}

# Installs what is missing of the packages, or ends with status 3.
require() {
    local missing install
    mapfile -t missing < <(missing "$@")
    ((${#missing[@]})) || return 0
    install=(apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "${missing[@]}")
    ((EUID == 0)) || die 3 "packages are missing; run this as root, then try again: ${install[*]}"
    update
    note "installing: ${missing[*]}"
    DEBIAN_FRONTEND=noninteractive attempt "${install[@]}" >"$root/install.log" ||
        die 3 "could not install ${missing[*]}, see $root/install.log"
}

# Once a run, and only of this machine's own state.
updated=
update() {
    if [[ $updated ]]; then return; fi
    updated=yes
    if ((EUID == 0)); then
        attempt apt-get -qq update >&2 || note "apt-get update failed: going on with what apt knows"
    else
        note "not root, so without apt-get update: going on with what apt knows"
    fi
}

# Options for apt, empty as long as it is this machine's own state that counts.
apt=()

# From here on apt offers what the distribution's releases after this machine's
# own one have, from the same mirror. This machine's state is not touched.
use_next_releases() {
    local state=$root/apt mirror keyring suite
    mirror=$(apt-get indextargets --format "\$(REPO_URI) \$(COMPONENT)" 'Created-By: Packages' |
        awk '$2 == "main" { print $1; exit }')
    [[ $mirror ]] || die 3 "apt of this machine has no source with a component main"
    keyring=$(find /usr/share/keyrings -name '*-archive-keyring.gpg' -path "*/$(. /etc/os-release && echo "$ID")-*")
    mkdir -p "$state"/{lists/partial,cache/archives/partial}
    for suite in stable stable-backports testing; do
        echo "deb ${keyring:+[signed-by=$keyring] }$mirror $suite main"
    done >"$state/sources.list"
    apt=(-o "Dir::State::Lists=$state/lists" -o "Dir::Cache=$state/cache" -o "Dir::Etc::SourceList=$state/sources.list"
        -o Dir::Etc::SourceParts=/dev/null -o APT::Sandbox::User=root)
    attempt apt-get "${apt[@]}" -qq update >&2 || note "not all of the next releases answered: going on with those that did"
}

# The versions of a package that apt offers, oldest first.
offered() {
    apt-cache ${apt[@]+"${apt[@]}"} madison "$1" 2>/dev/null | awk -F'|' '{ gsub(/ /, "", $2); print $2 }' | sort -uV
}

newest_series() {
    apt-cache ${apt[@]+"${apt[@]}"} search --names-only '^linux-source-[0-9]+\.[0-9]+$' 2>/dev/null |
        sed -E 's/^linux-source-([0-9.]+) .*/\1/' | sort -V | sed -n '$p'
}

# choose_version SERIES oldest|newest|VERSION - prints the version; one that was fetched before need not be offered.
choose_version() {
    local versions
    mapfile -t versions < <(offered "linux-source-$1")
    case $2 in
        oldest) ((${#versions[@]})) && echo "${versions[0]}" && return ;;
        newest) ((${#versions[@]})) && echo "${versions[-1]}" && return ;;
        *)
            if [[ -f $root/linux-source-$2.deb || " ${versions[*]} " == *" $2 "* ]]; then echo "$2" && return; fi
            ;;
    esac
    die 3 "apt does not offer linux-source-$1 $2, but: ${versions[*]:-none}"
}

# download PACKAGE VERSION FILE - it is kept: apt stops offering a version some day.
download() {
    rm -rf "$root/fetching" && mkdir "$root/fetching" &&
        (cd "$root/fetching" && attempt apt-get ${apt[@]+"${apt[@]}"} download "$1=$2") &&
        mv "$root"/fetching/*.deb "$3" && rmdir "$root/fetching"
}

# --- kernels ----------------------------------------------------------------

# fetch_source SERIES VERSION DIR - unpacks the source of that kernel into DIR, which is not there yet.
fetch_source() {
    local package=linux-source-$1 version=$2 dir=$3
    local deb=$root/linux-source-$version.deb
    if [[ ! -f $deb ]]; then
        step "fetching $package=$version" download "$package" "$version" "$deb" ||
            die 3 "could not fetch $package=$version, see $log"
    fi
    step "unpacking $dir" unpack_source "$deb" "./usr/src/$package.tar.xz" "$dir" ||
        die 3 "could not unpack $deb, see $log"
}

unpack_source() {
    rm -rf "$3.unpacking" && mkdir -p "$3.unpacking" &&
        dpkg --fsys-tarfile "$1" | tar -xO "$2" | tar -xJ --strip-components=1 -C "$3.unpacking" &&
        mv "$3.unpacking" "$3"
}

# What the caller's environment has for other builds is not for this one, and
# the same source gives the same kernel, whoever builds it and when.
kernel_environment() {
    unset ARCH CROSS_COMPILE KBUILD_OUTPUT O LOCALVERSION MAKEFLAGS MAKELEVEL
    # LANG too: the kernel's Makefile takes LC_ALL away again, and gcc would quote in UTF-8
    unset LC_CTYPE
    export LC_ALL=C LANG=C KBUILD_BUILD_USER=tuxtape KBUILD_BUILD_HOST=lab
    export KBUILD_BUILD_VERSION=1 KBUILD_BUILD_TIMESTAMP='Thu Jan  1 00:00:00 UTC 1970'
}

# configure SOURCE TREE FRAGMENT... - tinyconfig and the fragments; TREE is SOURCE, or the directory of O=.
configure() {
    local source=$1 tree=$2 make=(make -C "$1")
    shift 2
    if [[ $source != "$tree" ]]; then make+=("O=$tree"); fi
    "${make[@]}" tinyconfig &&
        (cd "$tree" && "$source/scripts/kconfig/merge_config.sh" -m .config "$@") &&
        "${make[@]}" olddefconfig
}

# Kconfig drops without a word what it cannot grant: say what is not as wished. Of two fragments the later one counts.
check_config() {
    local config=$1/.config line name bad=()
    shift
    while read -r line; do
        case $line in
            CONFIG_*) grep -qxF -- "$line" "$config" || bad+=("$line") ;;
            '# CONFIG_'*' is not set')
                name=${line#\# }
                if grep -q "^${name% is not set}=" "$config"; then bad+=("$line"); fi
                ;;
        esac
    done < <(cat "$@" | tac | awk 'match($0, /^(# )?CONFIG_[A-Za-z0-9_]+/) {
        option = substr($0, RSTART, RLENGTH); sub(/^# /, "", option); if (!seen[option]++) print }')
    if ((${#bad[@]})); then
        note "the kernel does not grant these lines of $*:"
        printf '  %s\n' "${bad[@]}" >&2
        return 1
    fi
}
