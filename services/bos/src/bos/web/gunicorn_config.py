"""Settings of gunicorn; it reads this module's variables."""

import os

from bos.logs import log_config
from bos.settings import read_settings

_settings = read_settings(os.environ)

bind = f"0.0.0.0:{_settings.port}"
# One process and some threads: a developer's environment has one user.
workers = 1
worker_class = "gthread"
threads = 4
# The root file system is read-only, and gunicorn shows life by a file.
worker_tmp_dir = "/tmp"
graceful_timeout = 8
timeout = 30
# Higher than that of what stands before it, which would else send requests into a connection that closes.
keepalive = 75
logconfig_dict = log_config(_settings.log_level)
