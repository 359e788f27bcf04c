# shellcheck shell=bash
# Shared by the launchers: where Ratelab is, which Java runs it, and the build. Sourced, not run;
# the caller has set HOME_DIR, the project's folder.

# What a script does not expect, such as a folder that it cannot write, ends with 4: the commands have no other code for it. The
# command that failed has said why. A folder named CLEAN_UP is removed in any case.
CLEAN_UP=""
at_exit() {
    local code=$?
    [ -z "$CLEAN_UP" ] || rm -rf "$CLEAN_UP"
    case "$code" in
        0 | 2 | 3 | 4 | 130 | 143) exit "$code" ;;
        *) fail 4 "$0 could not go on; see above" ;;
    esac
}
trap at_exit EXIT

fail() {
    local code="$1"
    shift
    echo "ratelab: $*" >&2
    exit "$code"
}

# Sets JAVA to a java of version 17 to 22.
find_java() {
    local version
    if [ -n "${JAVA_HOME:-}" ]; then
        JAVA="$JAVA_HOME/bin/java"
        [ -x "$JAVA" ] || fail 4 "JAVA_HOME = $JAVA_HOME has no bin/java"
    else
        JAVA="$(command -v java)" || fail 4 "no java on the PATH; install a JDK 17 to 22 or set JAVA_HOME"
    fi
    # The release is asked with no options of the user's, which might print lines of their own.
    version="$(env -u JAVA_TOOL_OPTIONS -u JDK_JAVA_OPTIONS "$JAVA" -XshowSettings:properties -version 2>&1 |
        sed -n 's/^ *java\.specification\.version = *//p')" || true
    case "$version" in
        17 | 18 | 19 | 20 | 21 | 22) ;;
        *) fail 4 "Java ${version:-of unknown version} at $JAVA: Ratelab needs a JDK 17 to 22 (from 23 on, Spark's Hadoop" \
            "client fails); set JAVA_HOME" ;;
    esac
}

# Why the jar or the folder of Spark's jars must be built; nothing if it need not.
reason_to_build() {
    local jar="$HOME_DIR/target/ratelab.jar"
    if [ ! -f "$jar" ] || [ ! -d "$HOME_DIR/target/spark/jars" ]; then
        echo "not built yet"
    elif [ -n "$(find "$HOME_DIR/src/main" "$HOME_DIR/pom.xml" -newer "$jar" -print | head -n 1)" ]; then
        echo "sources are newer than the jar"
    fi
}

# Builds if there is a reason. Standard output stays clean. One launcher builds at a time, and the old jar is removed rather
# than overwritten, for a run that is under way may still read it.
build_if_needed() {
    [ -n "$(reason_to_build)" ] || return 0
    mkdir -p "$HOME_DIR/target"
    (
        if command -v flock >/dev/null; then
            flock 9
        fi
        reason="$(reason_to_build)"
        [ -n "$reason" ] || exit 0
        command -v mvn >/dev/null || fail 4 "$reason, and there is no mvn on the PATH to build it"
        echo "ratelab: building ($reason) ..." >&2
        rm -f "$HOME_DIR/target/ratelab.jar"
        cd "$HOME_DIR"
        mvn -B -q -Dstyle.color=never -Dmaven.test.skip=true package 1>&2 </dev/null 9>&- || fail 4 "the build failed"
    ) 9>"$HOME_DIR/target/build.lock" || exit $?
}

# Makes target/spark the Spark home: the build has put the jars there, this adds the logging.
use_own_spark_home() {
    export SPARK_HOME="$HOME_DIR/target/spark" SPARK_SCALA_VERSION=2.13
    unset SPARK_CONF_DIR
    mkdir -p "$SPARK_HOME/conf"
    cp "$HOME_DIR/conf/log4j2.properties" "$SPARK_HOME/conf/log4j2.properties"
}

# Prints the entries of a properties file as key=value lines, without comments and blank lines.
properties_of() {
    sed -E -e '/^[[:space:]]*(#|!|$)/d' -e 's/^[[:space:]]+//' -e 's/[[:space:]]+$//' \
        -e 's/^([^=:[:space:]]+)[[:space:]]*[=:[:space:]][[:space:]]*/\1=/' "$1"
}

# Prints the defaults and after them the required properties; the last one of a name wins.
all_properties() {
    properties_of "$HOME_DIR/conf/spark-defaults.properties"
    properties_of "$HOME_DIR/conf/spark-required.properties"
}
