"""Any sequence of edits on both sides, renames, reruns and kills: what must hold after every build.

- A person's words are never lost: a word that she wrote into a page is in that page after a build, whatever it did.
- What has not moved does not change: a page whose counterpart and ledger stand as the last build left them keeps every
  byte.
- The ledger agrees with the pages, and a second build changes nothing.
- A build that is killed leaves every file old or new, and the next one ends where an undisturbed one does.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sites import Small

from bilingual.build.couple import NO_TEXT
from bilingual.build.items import items
from bilingual.ledger.po import dump, load
from bilingual.markdown import parse
from bilingual.model import Lang

PAGES = {
    "one.md": "---\ntitle: Page one\n---\n# Summer work\n\nAlpha beta gamma.\n\nDelta epsilon zeta.\n\n- eta theta\n- iota kappa\n",
    "two.en.md": "# Autumn plan\n\nLambda mu nu in 2019.\n\n```sh\nls\n```\n\nXi omicron pi in 2020.\n",
    "two.zh.md": "# 秋天计划\n\n在2019年的第一段。\n\n```sh\nls\n```\n\n在2020年的第二段。\n",
    "mix.md": "# Both tongues\n\nOnly the English half tells of rivers and hills.\n\n## 两种语言\n\n只有中文这一半说起大海与天空。\n",
}
MARK = re.compile(r"zq\d+q|手\d+写")


class Killed(BaseException):
    """The machine went away."""


@contextmanager
def killed_at(step: int) -> Iterator[None]:
    """Die at the n-th time that a file is put in place or taken away."""
    replace, unlink = os.replace, os.unlink
    count = 0

    def dying(action: Callable[..., None]) -> Callable[..., None]:
        def act(*arguments: object, **options: object) -> None:
            nonlocal count
            if str(arguments[0]).endswith(".tmp") and action is unlink:
                action(*arguments, **options)
                return
            count += 1
            if count > step:
                raise Killed
            action(*arguments, **options)

        return act

    os.replace, os.unlink = dying(replace), dying(unlink)  # type: ignore[assignment]
    try:
        yield
    finally:
        os.replace, os.unlink = replace, unlink


def marks(site: Small) -> dict[str, list[str]]:
    return {path.name: MARK.findall(path.read_text(encoding="utf-8")) for path in sorted(site.root.glob("*.md"))}


def paragraphs(text: str) -> list[str]:
    return text.split("\n\n")


class Living(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.root = Path(tempfile.mkdtemp())
        self.site = Small(self.root, PAGES)
        self.number = 0
        self.typed: dict[str, str] = {}
        self.site.build()
        self.after: dict[str, bytes] = self.site.files()

    def teardown(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)

    def mark(self, name: str) -> str:
        """A word that only a person can have written."""
        self.number += 1
        word = f"手{self.number}写" if ".zh." in name else f"zq{self.number}q"
        self.typed[word] = name
        return word

    def names(self) -> list[str]:
        return sorted(path.name for path in self.root.glob("*.md"))

    def ledgers(self) -> list[Path]:
        return sorted((self.root / ".bilingual").rglob("*.po"))

    def page(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(self.names()), label="page")

    def part(self, data: st.DataObject, name: str) -> tuple[list[str], int]:
        parts = paragraphs(self.site.read(name))
        return parts, data.draw(st.integers(0, len(parts) - 1), label="paragraph")

    @rule(data=st.data())
    def change_words(self, data: st.DataObject) -> None:
        name = self.page(data)
        parts, at = self.part(data, name)
        spots = [found.end() for found in re.finditer(r"[^\W\d_]{2,}(?=[ ,.。，\n]|$)", parts[at])]
        if not spots or "```" in parts[at]:
            return
        spot = data.draw(st.sampled_from(spots), label="spot")
        word = self.mark(name)
        parts[at] = parts[at][:spot] + (word if ".zh." in name else f" {word}") + parts[at][spot:]
        self.site.write(name, "\n\n".join(parts))

    @rule(data=st.data())
    def write_anew(self, data: st.DataObject) -> None:
        name = self.page(data)
        parts, at = self.part(data, name)
        if parts[at].startswith(("---", "- ", "```")):
            return
        head = "# " if parts[at].startswith("# ") else "## " if parts[at].startswith("## ") else ""
        end = "\n" if parts[at].endswith("\n") else ""
        parts[at] = f"{head}{self.mark(name)}{'的全新句子' if '.zh.' in name else ' whole new words'}{end}"
        self.site.write(name, "\n\n".join(parts))

    @rule(data=st.data())
    def add(self, data: st.DataObject) -> None:
        name = self.page(data)
        parts, at = self.part(data, name)
        new = f"{self.mark(name)}新的一段话。" if ".zh." in name else f"{self.mark(name)} is a new paragraph."
        parts.insert(at + 1, new + "\n" * (at + 1 == len(parts)))
        self.site.write(name, "\n\n".join(part.rstrip("\n") for part in parts) + "\n")

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        name = self.page(data)
        parts, at = self.part(data, name)
        if len(parts) > 2 and not parts[at].startswith("---"):
            del parts[at]
            self.site.write(name, "\n\n".join(parts).rstrip("\n") + "\n")

    @rule(data=st.data())
    def swap(self, data: st.DataObject) -> None:
        name = self.page(data)
        parts = [part.rstrip("\n") for part in paragraphs(self.site.read(name))]
        if len(parts) > 3:
            parts[-1], parts[-2] = parts[-2], parts[-1]
            self.site.write(name, "\n\n".join(parts) + "\n")

    @rule()
    def change_code(self) -> None:
        self.number += 1
        text = self.site.read("two.en.md") if "two.en.md" in self.names() else ""
        if "```sh" in text:
            self.site.write(
                "two.en.md", re.sub(r"```sh\n.*?\n```", f"```sh\nls {self.number}\n```", text, flags=re.DOTALL)
            )

    @rule()
    def rename(self) -> None:
        if "one.md" in self.names():
            (self.root / "one.md").rename(self.root / "uno.md")
        elif "uno.md" in self.names():
            (self.root / "uno.md").rename(self.root / "one.md")

    @rule(data=st.data())
    def edit_ledger(self, data: st.DataObject) -> None:
        paths = self.ledgers()
        path = data.draw(st.sampled_from(paths), label="ledger")
        text = path.read_text(encoding="utf-8")
        spots = list(re.finditer(r'^msgstr "([^"⟦]+)"$', text, re.MULTILINE))
        if not spots:
            return
        spot = data.draw(st.sampled_from(spots), label="entry")
        word = self.mark(".zh." if _to(path) == "zh" else "")
        path.write_text(text[: spot.start(1)] + f"{spot[1]}{word}" + text[spot.end(1) :], encoding="utf-8")

    @rule(accept=st.sampled_from([False, False, False, True]))
    def build(self, accept: bool) -> None:
        self.check(lambda: self.site.build(accept=accept), accept=accept)

    @rule(step=st.integers(0, 12))
    def build_and_be_killed(self, step: int) -> None:
        with tempfile.TemporaryDirectory() as copy:
            twin = Path(copy) / "twin"
            shutil.copytree(self.root, twin)
            undisturbed = Small(twin)
            undisturbed.build()
            before = self.site.files()
            with killed_at(step):
                try:
                    self.site.build()
                except Killed:
                    self.whole(before, undisturbed.files())
            self.check(self.site.build)
            assert self.site.files() == undisturbed.files()

    def whole(self, before: dict[str, bytes], after: dict[str, bytes]) -> None:
        """Every page is as before or as after."""
        for name, data in self.site.files().items():
            if name.endswith(".md"):
                assert data in (before.get(name), before.get(_renamed(name)), after.get(name)), name

    def check(self, build: Callable[[], object], *, accept: bool = False) -> None:
        before, written = self.site.files(), marks(self.site)
        edits = [entry for path in self.ledgers() for entry in load(path, _to(path)).entries if entry.edited]
        owed = {mark for entry in edits for mark in MARK.findall(entry.target)}
        build()
        after = self.site.files()
        if not accept:
            self.nothing_lost(written, owed, after)
            self.nothing_moved(before, after)
        self.ledger_agrees()
        self.site.build()
        assert self.site.files() == after, "a second build changed something"
        self.after = after

    def nothing_lost(self, written: dict[str, list[str]], owed: set[str], after: dict[str, bytes]) -> None:
        for name, before in written.items():
            now = MARK.findall(after.get(name, b"").decode()) or MARK.findall(after.get(_renamed(name), b"").decode())
            hers = {word for word in before if self.typed[word] in (name, _renamed(name))}
            assert hers <= set(now), f"lost from {name}: {hers - set(now)}"
        everywhere = {mark for data in after.values() for mark in MARK.findall(data.decode())}
        assert owed <= everywhere, f"lost from the ledgers: {owed - everywhere}"

    def nothing_moved(self, before: dict[str, bytes], after: dict[str, bytes]) -> None:
        """A couple of which nothing was touched since the last build."""
        for group in ("one", "uno", "two", "mix"):
            mine = [name for name in before if re.search(rf"(^|/){group}\.", name)]
            if mine and all(before[name] == self.after.get(name) for name in mine):
                assert all(after.get(name, before[name]) == before[name] for name in mine), group

    def ledger_agrees(self) -> None:
        for path in self.ledgers():
            ledger = load(path, _to(path))
            assert dump(ledger).splitlines() == path.read_text(encoding="utf-8").splitlines()
            view = ledger.source_name.startswith("mix")
            have = {}
            for side, name in (("source", ledger.source_name), ("target", ledger.target_name)):
                page = parse((self.root / name).read_bytes(), name)
                have[side] = {item.key for item in items(page, leave_out=NO_TEXT)}
            for entry in ledger.entries:
                assert not entry.edited
                assert entry.was is None
                if entry.gone != "source" and not view:
                    assert set(entry.source_keys) <= have["source"], entry
                if entry.gone != "target":
                    assert set(entry.target_keys) <= have["target"], entry


def _to(path: Path) -> Lang:
    return "zh" if path.parent.name == "en-zh" else "en"


def _renamed(name: str) -> str:
    swap = {"one": "uno", "uno": "one"}
    stem = name.split(".")[0]
    return name.replace(stem, swap.get(stem, stem), 1)


Living.TestCase.settings = settings(
    max_examples=int(os.environ.get("BILINGUAL_MACHINE_EXAMPLES", "25")),
    stateful_step_count=14,
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
TestLiving = Living.TestCase
