#!/bin/bash
# Kafka's command-line tools, each under the name that the upstream image has for it.
set -euo pipefail
case "$(basename "$0")" in
  kafka-topics.sh) class=org.apache.kafka.tools.TopicCommand ;;
  kafka-configs.sh) class=kafka.admin.ConfigCommand ;;
  kafka-console-consumer.sh) class=org.apache.kafka.tools.consumer.ConsoleConsumer ;;
  kafka-console-producer.sh) class=org.apache.kafka.tools.ConsoleProducer ;;
  kafka-consumer-groups.sh) class=org.apache.kafka.tools.consumer.group.ConsumerGroupCommand ;;
  kafka-storage.sh) class=kafka.tools.StorageTool ;;
  *) echo "$0 is none of Kafka's tools that this image has" >&2 && exit 1 ;;
esac
# They live for seconds: compiled once, collected by one thread. They fit the 256 MiB of a topic's Job.
# shellcheck disable=SC2086
exec java ${KAFKA_HEAP_OPTS:--Xmx96m} -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto \
  -Dlog4j2.configurationFile=/opt/kafka/config/tools-log4j2.properties -cp '/opt/kafka/libs/*' "$class" "$@"
