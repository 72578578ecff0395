#!/bin/bash
# Like the start of docker.io/apache/kafka: settings are read from KAFKA_ variables, and the first start formats the
# folder of the log. https://github.com/apache/kafka/blob/trunk/docker/examples/README.md
set -euo pipefail

# Variables of Kafka's own scripts, which are no settings of the broker.
OTHERS=" HEAP_OPTS OPTS JVM_PERFORMANCE_OPTS GC_LOG_OPTS LOG4J_OPTS JMX_OPTS JMX_HOSTNAME VERSION LOG4J_ROOT_LOGLEVEL LOG4J_LOGGERS TOOLS_LOG4J_LOGLEVEL "
properties=${TMPDIR:-/tmp}/server.properties

# KAFKA_LOG_DIRS is log.dirs; ___ stands for -, __ for _.
setting_name() {
  local name=${1,,}
  name=${name//___/-}
  name=${name//__/$'\n'}
  name=${name//_/.}
  echo "${name//$'\n'/_}"
}

: >"$properties"
while IFS= read -r variable; do
  name=${variable#KAFKA_}
  [[ $OTHERS == *" $name "* ]] || printf '%s=%s\n' "$(setting_name "$name")" "${!variable}" >>"$properties"
done < <(compgen -A export KAFKA_)

setting() {
  sed -n "s/^$1=//p" "$properties"
}

logs=$(setting log.dirs)
first=${logs%%,*}
[ -n "$first" ] || { echo "kafka-start.sh: set KAFKA_LOG_DIRS, the folder of the log" >&2 && exit 1; }
mkdir -p "$first"
if [ ! -f "$first/meta.properties" ]; then
  KAFKA_HEAP_OPTS=-Xmx96m /opt/kafka/bin/kafka-storage.sh format --ignore-formatted \
    --cluster-id "${CLUSTER_ID:-5L6g3nShT-eMCtK--X86sw}" --config "$properties"
fi
# shellcheck disable=SC2086
exec java ${KAFKA_HEAP_OPTS:--Xmx1g -Xms256m} ${KAFKA_JVM_PERFORMANCE_OPTS:--XX:+UseSerialGC -XX:TieredStopAtLevel=1} \
  -Xshare:auto ${KAFKA_OPTS:-} -Dlog4j2.configurationFile=/opt/kafka/config/log4j2.properties \
  -cp '/opt/kafka/libs/*' kafka.Kafka "$properties"
