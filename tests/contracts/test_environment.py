"""The project's environment: nothing in it may need PyPI's ``requests`` (architecture, 1).

The folder ``requests/`` of this project shadows that package wherever the repository's root is on
``sys.path``, so a library importing it would get our code instead.
"""

import importlib.util
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from advocacy.embedded import paths

LOCKS = sorted(path.name for path in paths.ROOT.glob("requirements*.txt"))
# Import statements at the beginning of a line run when the module is imported.
IMPORTS_REQUESTS = re.compile(rb"^(?:import requests\b|from requests[ .])", re.MULTILINE)


def _needed(distribution: metadata.Distribution) -> set[str]:
    """Names a distribution needs on this Python without any extra."""
    wanted = map(Requirement, distribution.requires or [])
    return {
        canonicalize_name(requirement.name)
        for requirement in wanted
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""})
    }


def test_the_project_is_what_requests_means() -> None:
    """``import requests`` is our own app."""
    spec = importlib.util.find_spec("requests")
    assert spec is not None and spec.origin is not None
    assert Path(spec.origin).is_relative_to(paths.ROOT / "requests")


def test_no_installed_distribution_needs_requests() -> None:
    """No installed distribution declares PyPI's requests as a plain dependency."""
    guilty = {found.name for found in metadata.distributions() if "requests" in _needed(found)}
    assert not guilty
    assert "requests" not in {canonicalize_name(found.name) for found in metadata.distributions()}


def test_no_lock_file_pins_requests() -> None:
    """The lock files could not bring it in."""
    for lock in LOCKS:
        assert not re.search(r"^requests==", (paths.ROOT / lock).read_text(), re.MULTILINE)


# Certificate checks over the network that redis-py imports only when asked for; nobody asks.
NEVER_IMPORTED = frozenset({"redis/ocsp.py"})


def test_no_installed_module_imports_requests() -> None:
    """No module of the environment imports ``requests`` when it is imported itself."""
    guilty = []
    for found in metadata.distributions():
        for file in found.files or []:
            path = Path(str(file.locate()))
            if file.suffix == ".py" and path.exists():
                if IMPORTS_REQUESTS.search(path.read_bytes()):
                    guilty.append(str(file))
    assert set(guilty) <= NEVER_IMPORTED


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_are_complete_and_name_no_machine(lock: str) -> None:
    """Every pin has hashes; no index address, trusted host or path of somebody's machine."""
    text = (paths.ROOT / lock).read_text()
    assert not re.search(r"^\s*-(?:i|f|-index|-extra-index|-find|-trusted)", text, re.MULTILINE)
    assert "://" not in text
    assert not re.search(r"(?<![\w-])/\w+/", text)
    pins = re.findall(r"^[\w.-]+==.*$", text, re.MULTILINE)
    assert pins
    assert all(pin.endswith("\\") for pin in pins), "a pin without hashes"


def test_locks_cover_what_the_project_declares() -> None:
    """What ``pyproject.toml`` asks for is locked, at a version it allows."""
    declared = tomllib.loads((paths.ROOT / "pyproject.toml").read_text())["project"]
    extras = declared["optional-dependencies"]
    wanted = {
        "requirements.txt": declared["dependencies"],
        "requirements-embedded.txt": declared["dependencies"] + extras["embedded"],
        "requirements-dev.txt": declared["dependencies"] + extras["embedded"] + extras["dev"],
        "requirements-s3.txt": declared["dependencies"] + extras["s3"],
    }
    assert set(wanted) == set(LOCKS)
    for lock, requirements in wanted.items():
        text = (paths.ROOT / lock).read_text()
        pins = {
            canonicalize_name(name): version
            for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE)
        }
        for requirement in map(Requirement, requirements):
            assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)])
