"""What gunicorn reads when it is started in this folder: gunicorn tracker.wsgi. Options of the command line win."""

import os
from pathlib import Path

import environ


class Environment(environ.Env):
    ENVIRON = os.environ.copy()  # or a change of `.env` would need a restart: what is in os.environ wins over the file


Environment.read_env(Path(__file__).resolve().parent / ".env")
env = Environment()

workers = env.int("WORKERS", default=2)
threads = env.int("THREADS", default=4)
worker_class = "tracker.buffering_worker.BufferingWorker"
control_socket_disable = True


def post_fork(server, worker) -> None:
    """Let the settings know the threads that there are, wherever their number comes from."""
    os.environ["THREADS"] = str(server.cfg.threads)
