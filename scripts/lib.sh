# Shared by the scripts of this directory; sourced, not run.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
AGENT_JAR=$ROOT/agent/target/he-agent.jar

# With --help each script prints the comment that it begins with.
if [ "${1-}" = --help ] || [ "${1-}" = -h ]; then
  sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"
  exit 0
fi

say() { printf '%s\n' "$*"; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

# install_packages APT DNF APK: each a list of packages; silent, and only as root.
install_packages() {
  local log
  [ "$(id -u)" = 0 ] || return 1
  log=$(mktemp)
  if command -v apt-get >/dev/null; then
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $1; }
  elif command -v dnf >/dev/null; then
    dnf -q -y install $2
  elif command -v apk >/dev/null; then
    apk add --quiet $3
  else
    false
  fi >"$log" 2>&1 </dev/null || { tail -n 3 "$log" >&2; rm -f "$log"; return 1; }
  rm -f "$log"
}

# The feature version of the JDK in a directory, from its release file; empty if there is none.
jdk_feature() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Prints the homes of the JDKs >= 17, one for each feature version, oldest first.
# HEAGENT_JDKS, a colon-separated list of homes, replaces the search.
find_jdks() {
  local home feature seen=' ' candidates=()
  if [ -n "${HEAGENT_JDKS:-}" ]; then
    IFS=: read -r -a candidates <<<"$HEAGENT_JDKS"
  else
    candidates=("${JAVA_HOME:-}" /usr/lib/jvm/*)
    if home=$(command -v java); then
      candidates+=("$(dirname "$(dirname "$(readlink -f "$home")")")")
    fi
  fi
  for home in "${candidates[@]}"; do
    [ -n "$home" ] && home=$(readlink -f "$home") || continue
    feature=$(jdk_feature "$home")
    case $seen in *" $feature "*) continue ;; esac
    if [ "${feature:-0}" -ge 17 ]; then
      seen="$seen$feature "
      printf '%s %s\n' "$feature" "$home"
    fi
  done | sort -n | cut -d' ' -f2-
}

# Sets JDKS; JAVA_HOME to the one that builds; and MAVEN, the command to build with. Where the user has said nothing of Maven's
# JVM, it collects garbage with one thread: it lives for a minute or two, and the processors have enough to do.
need_jdk() {
  mapfile -t JDKS < <(find_jdks)
  if ! build_jdk && [ -z "${HEAGENT_JDKS:-}" ]; then
    install_packages openjdk-17-jdk-headless java-17-openjdk-devel openjdk17-jdk ||
      install_packages default-jdk-headless java-latest-openjdk-devel openjdk21-jdk || true
    mapfile -t JDKS < <(find_jdks)
  fi
  [ ${#JDKS[@]} -gt 0 ] || die "missing: a JDK, version 17 or newer (JAVA_HOME, or under /usr/lib/jvm)"
  build_jdk || die "missing: a JDK with javac, version 17 or newer; found only ${JDKS[*]}"
  MAVEN=(mvn -B -ntp -Dstyle.color=never)
  export MAVEN_OPTS="${MAVEN_OPTS:--XX:+UseSerialGC}"
  if [ "$(jdk_feature "$JAVA_HOME")" -ge 25 ]; then
    say "Formatter and Error Prone are skipped: the versions that run on JDK 17 don't run on this one"
    MAVEN+=(-DskipLint)
  fi
}

# The oldest JDK of the machine that has a compiler, whatever HEAGENT_JDKS says: that chooses where
# to run.
build_jdk() {
  local home homes
  mapfile -t homes < <(HEAGENT_JDKS='' find_jdks)
  for home in ${homes[@]+"${homes[@]}"} ${JDKS[@]+"${JDKS[@]}"}; do
    if [ -x "$home/bin/javac" ]; then
      export JAVA_HOME=$home
      return 0
    fi
  done
  return 1
}

need_maven() {
  command -v mvn >/dev/null || install_packages maven maven maven || true
  command -v mvn >/dev/null || die "missing: Maven 3.6.3 or newer (mvn)"
}

need_tar() {
  command -v tar >/dev/null || install_packages tar tar tar || true
  command -v tar >/dev/null || die "missing: tar"
}

# is_stale MODULE: whether a source that this module of test-apps is made of is newer than its last build, or there was none.
is_stale() {
  local module=$ROOT/test-apps/$1 sources=(pom.xml engine agent test-apps/pom.xml test-apps/testkit "test-apps/$1") newer
  [ -f "$module/target/built" ] && [ -f "$AGENT_JAR" ] || return 0
  # The benchmarks run probes of the tests.
  [ "$1" != benchmarks ] || sources+=(test-apps/agent-it/pom.xml test-apps/agent-it/src/main)
  newer=$(cd "$ROOT" && find "${sources[@]}" -path '*/target' -prune -o \
    -type f -newer "$module/target/built" -print 2>/dev/null) || true
  [ -n "$newer" ]
}

# build_if_needed MODULE: builds the agent's jar and a module of test-apps, and nothing that only tests need, if they are
# not there or old; says nothing else unless it fails. HEAGENT_BUILT=yes says that they are there: a test that runs a script
# does so while Maven builds.
build_if_needed() {
  [ "${HEAGENT_BUILT:-}" != yes ] || return 0
  is_stale "$1" || return 0
  need_maven
  say "Building (the first time Maven also fetches what it needs) ..."
  # What is only compiled does not make Maven fetch the libraries of its tests.
  (cd "$ROOT" && case $1 in
    benchmarks)
      "${MAVEN[@]}" -q -Dmaven.test.skip=true -pl agent -am package &&
        "${MAVEN[@]}" -q -pl test-apps/benchmarks -am compile
      ;;
    *) "${MAVEN[@]}" -q -Dmaven.test.skip=true -pl "test-apps/$1" -am package ;;
  esac </dev/null) || die "the build failed"
  touch "$ROOT/test-apps/$1/target/built"
}

# Why no lab namespace can be had, in a few words; nothing if it can. Installs what it may.
lab_missing() {
  local tool missing=()
  for tool in ip nft iptables ip6tables; do
    PATH=$PATH:/usr/sbin:/sbin command -v "$tool" >/dev/null || missing+=("$tool")
  done
  [ -x /usr/bin/python3 ] || missing+=(python3)
  if [ ${#missing[@]} -gt 0 ] && ! install_packages "iproute2 nftables iptables python3" \
      "iproute nftables iptables-nft python3" "iproute2 nftables iptables python3" 2>/dev/null; then
    say "missing: ${missing[*]}"
    return
  fi
  local said
  if ! said=$(LAB_JAVA=true "$ROOT/scripts/netns/bin/java" 2>&1 </dev/null); then
    say "$said" | tail -n 2 | tr '\n' ' ' | sed 's,^lab: ,,; s,unshare: unshare,unshare,; s, *$,,'
  fi
}
