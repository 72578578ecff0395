"""The entrypoints: `bos web`, `bos consume`, `bos work` and `bos migrate`. `bos healthy` is in bin/bos."""

import argparse
import os
import sys

from bos.logs import error_text, log, start_logs
from bos.settings import SettingsError, read_settings


def main() -> int:
    options = parse_options(sys.argv[1:])
    try:
        settings = read_settings(os.environ)
    except SettingsError as error:
        start_logs("info")
        log.error("settings are wrong", extra={"error": error_text(error)})
        return 1
    start_logs(settings.log_level)
    # What another entrypoint needs is not loaded: each costs memory and a second on a small machine.
    if options.entrypoint == "web":
        # Takes this process's place; the settings are read again there.
        os.execvp("gunicorn", ["gunicorn", "--config", "python:bos.web.gunicorn_config", "bos.web.wsgi"])
    if options.entrypoint == "consume":
        from bos.consumer import consume

        return consume(settings)
    if options.entrypoint == "work":
        from bos.worker import work

        return work(settings, options.concurrency)
    from bos.migrate import migrate

    return migrate(settings)


def parse_options(arguments: "list[str]") -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bos")
    entrypoints = parser.add_subparsers(dest="entrypoint", required=True)
    entrypoints.add_parser("web", help="serve the books over HTTP")
    entrypoints.add_parser("consume", help="take deals from Kafka into the books")
    worker = entrypoints.add_parser("work", help="settle deals")
    worker.add_argument("--concurrency", type=int, default=2, help="deals at a time")
    entrypoints.add_parser("migrate", help="make the tables and end")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
