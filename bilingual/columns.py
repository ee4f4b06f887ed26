"""Text side by side on a terminal, Chinese characters two cells wide."""

from __future__ import annotations

import unicodedata


def width(text: str) -> int:
    """The cells that a text takes."""
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def wrap(text: str, cells: int, lines: int = 3) -> list[str]:
    """A text on at most so many lines of so many cells; Latin words are kept whole where they fit."""
    found: list[str] = [""]
    for word in _pieces(text):
        if width(found[-1]) + width(word) > cells and found[-1]:
            found.append("")
            word = word.lstrip()
        while width(word) > cells:
            cut = _fitting(word, cells)
            found[-1], word = word[:cut], word[cut:]
            found.append("")
        found[-1] += word
    if len(found) > lines:
        last = found[lines - 1]
        found[lines - 1 :] = [last[: _fitting(last, cells - 2)].rstrip() + " …"]
    return found


def _pieces(text: str) -> list[str]:
    """Latin words with the space before them, Chinese character by character."""
    pieces: list[str] = []
    for char in text:
        if pieces and _cells(char) == 1 and char != " " and width(pieces[-1]) == len(pieces[-1]):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _fitting(text: str, cells: int) -> int:
    """How many characters of a text fit into so many cells; at least one."""
    taken = 0
    for at, char in enumerate(text):
        taken += _cells(char)
        if taken > cells:
            return max(1, at)
    return len(text)


def side_by_side(left: str, right: str, cells: int, indent: str = "") -> list[str]:
    """Two texts in two columns of a terminal that is so many cells wide."""
    half = max(16, (cells - len(indent) - 3) // 2)
    rows_left, rows_right = wrap(left, half), wrap(right, half)
    rows = []
    for number in range(max(len(rows_left), len(rows_right))):
        one = rows_left[number] if number < len(rows_left) else ""
        other = rows_right[number] if number < len(rows_right) else ""
        rows.append(f"{indent}{one}{' ' * (half - width(one))} │ {other}".rstrip())
    return rows
