"""Make the virtual environment; runs on a bare Python, so standard library only.

``python3 -I advocacy/embedded/bootstrap.py run`` installs what the product needs,
``... dev`` also what its tests and checks need. A stamp makes a second run free.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
# What may be installed, larger sets last: a larger one serves the smaller purpose, too.
REQUIREMENTS = {"run": "requirements-embedded.txt", "dev": "requirements-dev.txt"}
OLDEST = (3, 11)


def main(purpose: str) -> int:
    """Create ``.venv`` where there is none and bring it up to date; returns the exit status."""
    if sys.version_info < OLDEST:
        print(
            f"Python {sys.version.split()[0]} is too old; Advocacy needs 3.11 or newer. "
            "Name one with PYTHON=python3.12 make ...",
            file=sys.stderr,
        )
        return 1
    if not _works() and not _create():
        return 1
    purposes = list(REQUIREMENTS)
    if any(
        _stamp(p).exists() and _stamp(p).read_text() == _wanted(p)
        for p in purposes[purposes.index(purpose) :]
    ):
        return 0
    print(f"Installing {REQUIREMENTS[purpose]} into .venv; this takes a minute once.", flush=True)
    command: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    command += [
        "--disable-pip-version-check",
        "--require-hashes",
        "-r",
        ROOT / REQUIREMENTS[purpose],
    ]
    installed = subprocess.run(command, check=False)
    if installed.returncode == 0:
        _stamp(purpose).write_text(_wanted(purpose))
    return installed.returncode


def _stamp(purpose: str) -> Path:
    return VENV / f"installed-{purpose}"


def _wanted(purpose: str) -> str:
    return hashlib.sha256((ROOT / REQUIREMENTS[purpose]).read_bytes()).hexdigest()


def _works() -> bool:
    """Whether the environment is usable: it breaks when the checkout or Python itself moves."""
    if not PYTHON.exists():
        return False
    tried = subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False)
    return tried.returncode == 0


def _create() -> bool:
    print("Creating .venv", flush=True)
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if subprocess.run(command, capture_output=True, check=False).returncode == 0:
        return True
    # Debian and Ubuntu ship Python without the part of the standard library that makes
    # environments with pip.
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        print(f"Installing {package}", flush=True)
        for step in (
            [apt, "update"],
            [apt, "install", "--yes", "--no-install-recommends", package],
        ):
            subprocess.run(step, capture_output=True, check=False)
        if subprocess.run(command, check=False).returncode == 0:
            return True
    shutil.rmtree(VENV, ignore_errors=True)
    print(
        f"{sys.executable} cannot make a virtual environment. "
        f"On Debian or Ubuntu: sudo apt-get install {package}",
        file=sys.stderr,
    )
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
