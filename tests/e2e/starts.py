"""Starts that fail, each in a process of its own: forked from one that has loaded the program."""

import os
import sys
from collections.abc import Mapping
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from bot.__main__ import main

PATIENCE = 60
# To load it anew takes 3 s, and is shown by those starts that succeed.
LOADED = get_context("forkserver")
LOADED.set_forkserver_preload(["bot.__main__"])


def outcome(word: str, folder: Path, env: Mapping[str, str]) -> tuple[int, str]:
    """`python -m bot WORD` in a folder, with only these settings: exit code, all that it said."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    heard, said = LOADED.Pipe(duplex=False)
    process = LOADED.Process(target=_start, args=(said, word, folder, kept | dict(env)))
    process.start()
    said.close()
    process.join(PATIENCE)
    process.kill()
    with heard, open(heard.fileno(), "rb", closefd=False) as words:
        told = words.read().decode()
    assert process.exitcode is not None, told
    return process.exitcode, told


def _start(said: Connection, word: str, folder: Path, env: Mapping[str, str]) -> None:
    for stream in (1, 2):
        os.dup2(said.fileno(), stream)
    said.close()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["bot", word]
    main()
