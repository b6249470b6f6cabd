"""The shell of a document: its blocks, and what they need where curl or jq is not installed."""

import re
import shutil
import stat
import sys
from pathlib import Path

_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.S | re.M)

_CURL = """
import sys, urllib.request, urllib.error
words, method, headers, data, url = sys.argv[1:], None, {}, None, ""
while words:
    word = words.pop(0)
    if word == "-X": method = words.pop(0)
    elif word == "-d": data = words.pop(0).encode()
    elif word == "-H":
        name, _colon, value = words.pop(0).partition(":"); headers[name] = value.strip()
    elif not word.startswith("-"): url = word
asked = urllib.request.Request(url, data, headers, method=method or ("POST" if data else "GET"))
try:
    print(urllib.request.urlopen(asked).read().decode(), end="")
except urllib.error.HTTPError as refused:
    print(refused.read().decode(), end=""); sys.exit(22)
"""
_JQ = """
import json, re, sys
value = json.load(open(sys.argv[3]))
for name, index in re.findall(r"([a-z_]+)|\\[(\\d+)\\]", sys.argv[2]):
    value = value[name] if name else value[int(index)]
print(value)
"""


def blocks(document: Path) -> list[str]:
    """The document's shell blocks in order."""
    return _BLOCK.findall(document.read_text())


def stand_ins(folder: Path) -> str:
    """A PATH on which there are curl and jq: the machine's, else small ones of our own."""
    for name, code in (("curl", _CURL), ("jq", _JQ)):
        if shutil.which(name) is None:
            script = folder / name
            script.write_text(f"#!{sys.executable}\n{code}")
            script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return str(folder)
