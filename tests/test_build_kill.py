"""`kill -9` at any moment: every page is old or new, and the next run ends where an undisturbed one does."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sites import Small

ROUNDS = int(os.environ.get("BILINGUAL_KILLS", "12"))
"""The test was written for 100; each is a process, so by default it does with fewer."""

PROGRAM = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
import bilingual.merge
from bilingual.memory import Memory
from sites import Small

left = int(sys.argv[2])

def counting(action):
    def act(*arguments, **options):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return action(*arguments, **options)
    return act

os.replace, os.fsync, os.unlink = counting(os.replace), counting(os.fsync), counting(os.unlink)
os.fdopen, os.chmod = counting(os.fdopen), counting(os.chmod)
site = Small(Path(sys.argv[1]), memory=Memory(Path(sys.argv[1]).parent / "memory.sqlite"))
translate = site.engine.translate
site.engine.translate = counting(translate)
site.build()
print(left)
"""


def run(root: Path, step: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", PROGRAM, str(root), str(step), str(Path(__file__).parent)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def make(root: Path) -> Small:
    """A site in the middle of its life: something to create, to renew, to put in, to follow, to bring from the ledger."""
    page = "# Page {n}\n\nWords of page {n} here.\n\n- item one\n- item {n}\n\n```\ncode {n}\n```\n"
    site = Small(root, {f"p{n}.md": page.format(n=n) for n in range(3)})
    site.build()
    site.edit("p0.md", "Words of page", "Other words of page")
    site.edit("p0.md", "- item 0\n", "- item 0\n- item new\n")
    site.edit("p0.md", "code 0", "code zero")
    site.edit("p1.zh.md", "# ", "# 人")
    site.edit("p1.zh.md", "```\n", "新的一段。\n\n```\n")
    (root / "p2.md").rename(root / "q2.md")
    site.edit("q2.md", "Words of page", "Other words of page")
    site.write("p3.md", page.format(n=3))
    return site


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_build_killed_anywhere_is_completed_by_the_next(tmp_path: Path) -> None:
    start = make(tmp_path / "start")
    undisturbed = tmp_path / "undisturbed"
    shutil.copytree(start.root, undisturbed)
    total = 1_000_000 - int(run(undisturbed, 1_000_000).stdout)
    expected = Small(undisturbed).files()
    before = start.files()
    assert total > 40
    steps = random.Random(5).sample(range(1, total + 1), min(ROUNDS, total))
    for step in steps:
        root = tmp_path / f"killed{step}" / "site"
        shutil.copytree(start.root, root)
        assert run(root, step).returncode == -9
        for name, data in Small(root).files().items():
            if name.endswith(".md"):
                assert data in (before.get(name), before.get(name.replace("q2", "p2")), expected.get(name)), (
                    step,
                    name,
                )
        done = run(root, 1_000_000)
        assert done.returncode == 0, done.stderr
        assert Small(root).files() == expected, f"killed at step {step}"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_what_was_translated_before_a_kill_is_not_translated_again(tmp_path: Path) -> None:
    from bilingual import build as room

    pages = {f"p{n}.md": "\n\n".join(f"Text {n} {m} of words." for m in range(300)) + "\n" for n in range(3)}
    site = Small(tmp_path / "site", pages)
    assert room.AT_ONCE < 900
    program = PROGRAM.replace("counting(translate)", "dying")
    program = program.replace(
        "translate = site.engine.translate\n",
        """
translate, seen = site.engine.translate, []
def dying(segments, to, **options):
    seen.extend(segments)
    if len(seen) > 450:
        os.kill(os.getpid(), signal.SIGKILL)
    return translate(segments, to, **options)
""",
    )
    command = [sys.executable, "-c", program, str(site.root), "1000000", str(Path(__file__).parent)]
    assert subprocess.run(command, check=False).returncode == -9
    from bilingual.memory import Memory

    again = Small(site.root, memory=Memory(tmp_path / "memory.sqlite"))
    again.build()
    texts = {text for page in pages.values() for text in page.split("\n\n")}
    assert 0 < len(texts & set(again.engine.asked)) <= 900 - room.AT_ONCE
