"""The translation memory: what was asked before is known again, and no trouble with it stops a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilingual.memory import Memory, Remembered, default_path, key

ONE, TWO = key("embedded", "zh", "one"), key("embedded", "zh", "two")


def test_what_was_put_is_there_for_the_next_process(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "deep" / "memory.sqlite")
    memory.put({ONE: Remembered("一", "", -0.5, ("甲", "乙")), TWO: Remembered(None, "no Chinese in it")})
    memory.close()
    again = Memory(tmp_path / "deep" / "memory.sqlite")
    found = again.get([ONE, TWO, key("three")])
    again.close()
    assert found == {ONE: Remembered("一", "", -0.5, ("甲", "乙")), TWO: Remembered(None, "no Chinese in it")}


def test_more_than_sqlite_takes_at_once(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.sqlite")
    entries = {key(str(n)): Remembered(str(n)) for n in range(2_500)}
    memory.put(entries)
    assert memory.get(entries) == entries
    memory.close()


def test_keys_part_what_differs() -> None:
    assert key("a", "b") != key("ab", "") != key("a", "b", "")


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    path.write_bytes(b"this is no database at all, and long enough to be looked at" * 20)
    memory = Memory(path)
    assert memory.get([ONE]) == {}
    memory.put({ONE: Remembered("一")})
    assert memory.get([ONE]) == {ONE: Remembered("一")}
    memory.close()
    assert memory.trouble == ""
    assert path.with_suffix(".damaged").exists()


def test_a_place_that_cannot_be_written_is_told_once_and_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    memory = Memory(tmp_path / "file" / "memory.sqlite")
    memory.put({ONE: Remembered("一")})
    assert memory.get([ONE]) == {}
    assert memory.trouble.startswith("going on without the translation memory")


def test_the_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BILINGUAL_CACHE", str(tmp_path))
    assert default_path() == tmp_path / "memory.sqlite"
