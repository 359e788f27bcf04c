# shellcheck shell=bash
# Shared by the launchers: where Ratelab is, which Java runs it, and the build. Sourced, not run;
# the caller has set HOME_DIR, the project's folder.

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
        sed -n 's/^ *java\.specification\.version = *//p')"
    case "$version" in
        17 | 18 | 19 | 20 | 21 | 22) ;;
        *) fail 4 "Java ${version:-of unknown version} at $JAVA: Ratelab needs a JDK 17 to 22 (from 23 on, Spark's Hadoop" \
            "client fails); set JAVA_HOME" ;;
    esac
}

# Builds the jar and the folder of Spark's jars where they are missing or older than a source. Standard output stays clean.
build_if_needed() {
    local jar="$HOME_DIR/target/ratelab.jar" reason=""
    if [ ! -f "$jar" ] || [ ! -d "$HOME_DIR/target/spark/jars" ]; then
        reason="not built yet"
    elif [ -n "$(find "$HOME_DIR/src/main" "$HOME_DIR/pom.xml" -newer "$jar" -print | head -n 1)" ]; then
        reason="sources are newer than the jar"
    fi
    [ -n "$reason" ] || return 0
    command -v mvn >/dev/null || fail 4 "$reason, and there is no mvn on the PATH to build it"
    echo "ratelab: building ($reason) ..." >&2
    (cd "$HOME_DIR" && mvn -B -q -Dmaven.test.skip=true package) 1>&2 </dev/null || fail 4 "the build failed"
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
