"""The three-way rule, as a table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bilingual.build.follow import Text, follow
from bilingual.build.rule import verdict
from bilingual.ledger import Entry

MACHINE = Entry("zh", "text", "文字", ("a",), ("b",), origin="embedded 1", state="translated")
PERSON = replace(MACHINE, origin="person", state="reviewed")
AUTHOR = replace(MACHINE, origin="author", state="reviewed")
STALE = replace(AUTHOR, doubt="stale", previous="old")


@pytest.mark.parametrize(
    ("entry", "moved", "expected"),
    [
        (MACHINE, "", "same"),
        (MACHINE, "source", "renew"),
        (MACHINE, "target", "reviewed"),
        (MACHINE, "source target", "conflict"),
        (MACHINE, "source locked", "stale"),
        (PERSON, "source", "stale"),
        (PERSON, "target", "reviewed"),
        (PERSON, "source target", "conflict"),
        (AUTHOR, "source", "stale"),
        (AUTHOR, "target", "turn"),
        (AUTHOR, "target one-way", "reviewed"),
        (AUTHOR, "source target", "conflict"),
        (STALE, "target", "reviewed"),
        (replace(STALE, confirmed=True), "", "confirmed"),
        (replace(MACHINE, edited=True), "", "write"),
        (replace(MACHINE, edited=True), "locked", "stale"),
        (replace(MACHINE, edited=True), "target", "conflict"),
        (replace(PERSON, edited=True), "source", "write"),
        (replace(PERSON, edited=True, target=""), "", "renew"),
        (MACHINE, "pending", "write"),
        (MACHINE, "pending source", "renew"),
        (PERSON, "pending source", "write"),
    ],
)
def test_the_rule(entry: Entry, moved: str, expected: str) -> None:
    facts = moved.split()
    found = verdict(
        entry, source_moved="source" in facts, target_moved="target" in facts, pending="pending" in facts,
        locked="locked" in facts, two_way="one-way" not in facts,
    )  # fmt: skip
    assert found == expected


def texts(line: str, run: int = 0) -> list[Text]:
    return [Text(text, text, False, run) for text in line.split("|")] if line else []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("one|two|three", "one|two|three", {0: 0, 1: 1, 2: 2}),
        ("one|two|three", "three|one|two", {0: 1, 1: 2, 2: 0}),
        ("one|same|two|same|three", "one|two|same|three", {0: 0, 2: 1, 3: 2, 4: 3}),
        ("alpha beta gamma|two", "alpha beta delta|two", {0: 0, 1: 1}),
        ("one|written from scratch|two", "one|nothing of it is left|two", {0: 0, 1: 1, 2: 2}),
        ("one|gone altogether|two", "one|two", {0: 0, 2: 1}),
        ("one|two", "one|the new one|two", {0: 0, 1: 2}),
        ("a long text that moved and changed|two|three|four", "two|three|four|a long text that moved and changes", {0: 3, 1: 0, 2: 1, 3: 2}),
        ("", "one", {}),
    ],
)  # fmt: skip
def test_texts_are_followed_by_content(old: str, new: str, expected: dict[int, int]) -> None:
    assert follow(texts(old), texts(new)) == expected


def test_two_lists_of_one_page_are_read_together() -> None:
    """What one ledger has between two texts of the other is found between them."""
    old = [*texts("one|three|five"), *texts("two words here|four words here", run=1)]
    new = texts("one|two words there|three|four words there|five")
    assert follow(old, new) == {0: 0, 1: 2, 2: 4, 3: 1, 4: 3}
