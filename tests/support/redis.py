"""A Redis of a test's own, which the test may stop, freeze or flush."""

import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import redis

from advocacy.embedded import paths
from advocacy.embedded.places import prepare, redis_binary


@dataclass
class OwnRedis:
    """The server's process and where it listens."""

    process: subprocess.Popen[bytes]
    socket: Path

    @property
    def url(self) -> str:
        """The address as the settings take it."""
        return f"unix://{self.socket}?db=0"

    def flush(self) -> None:
        """Lose everything."""
        with redis.Redis(unix_socket_path=str(self.socket)) as client:
            client.flushall()

    @property
    def broker_url(self) -> str:
        """The address as Celery spells it."""
        return f"redis+socket://{self.socket}"


@contextmanager
def own_redis() -> Iterator[OwnRedis]:
    """Start a Redis on a socket in a short directory; it is gone at the end of the block."""
    binary = redis_binary(prepare(paths.data_dir("test")))
    with tempfile.TemporaryDirectory(prefix="adv-", dir="/tmp") as folder:
        socket = Path(folder, "redis.sock")
        options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", folder]
        with subprocess.Popen([str(binary), *options], stdout=subprocess.DEVNULL) as process:
            try:
                deadline = time.monotonic() + 5
                while not socket.exists() and time.monotonic() < deadline:
                    time.sleep(0.02)
                yield OwnRedis(process, socket)
            finally:
                process.send_signal(signal.SIGCONT)
                process.kill()
