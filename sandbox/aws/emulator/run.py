"""Runs the AWS emulator on loopback, and saves what it holds soon after each change.

By itself it saves only when it is stopped in good order, so a kill would lose everything since. The emulator believes to
be at the port of the front: addresses that it makes, such as those of queues, then lead clients there.
"""

import asyncio
import signal
import sys

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack import app as emulator
from ministack.core.persistence import save_state

SAVE_SECONDS = 0.5


class Saver:
    """Knows whether something may have changed since the last save."""

    def __init__(self):
        self.is_changed = False

    async def app(self, scope, receive, send):
        """The emulator, watched."""
        try:
            await emulator.app(scope, receive, send)
        finally:
            if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD"):
                self.is_changed = True

    async def run(self):
        while True:
            await asyncio.sleep(SAVE_SECONDS)
            if self.is_changed:
                self.is_changed = False
                self.save()

    def save(self):
        for name, get_state in emulator._build_persistence_save_dict().items():
            try:
                state = get_state()
            except RuntimeError:
                # A worker changed it meanwhile: once more in half a second.
                self.is_changed = True
                continue
            if state is not None:
                save_state(name, state)


async def main(port):
    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 1
    config.loglevel = "WARNING"
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    saver = Saver()
    saving = asyncio.create_task(saver.run())
    await serve(saver.app, config, shutdown_trigger=stop.wait)
    saving.cancel()


asyncio.run(main(int(sys.argv[1])))
