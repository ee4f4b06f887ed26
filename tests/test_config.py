"""Settings: where they are looked for, and what is said of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilingual.config import Config, load
from bilingual.errors import ConfigError


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert load(tmp_path) == Config()


def test_the_nearest_file_upwards_is_read(tmp_path: Path) -> None:
    (tmp_path / "bilingual.toml").write_text('spacing = true\nglossary = "terms.yaml"\n', encoding="utf-8")
    (tmp_path / "docs" / "deep").mkdir(parents=True)
    found = load(tmp_path / "docs" / "deep")
    assert found.spacing
    assert found.glossary == tmp_path.resolve() / "terms.yaml"


def test_a_table_in_pyproject_is_as_good(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "x"\n\n[tool.bilingual]\nnote = false\n', encoding="utf-8"
    )
    assert not load(tmp_path).note


def test_a_pyproject_without_the_table_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "bilingual.toml").write_text("note = false\n", encoding="utf-8")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "pyproject.toml").write_text('[project]\nname = "x"\n', encoding="utf-8")
    assert not load(tmp_path / "inner").note


def test_another_projects_settings_do_not_reach_in(tmp_path: Path) -> None:
    (tmp_path / "bilingual.toml").write_text("note = false\n", encoding="utf-8")
    (tmp_path / "project" / ".git").mkdir(parents=True)
    assert load(tmp_path / "project").note


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("notes = true\n", 1, "unknown setting 'notes'; did you mean 'note'?"),
        ("# one\n\nspacing = 3\n", 3, "spacing takes true or false"),
        ('keys = "title"\n', 1, "keys takes a list of texts"),
        ("engine = 3\n", 1, "engine takes a name"),
        ("note = \n", 1, "no valid TOML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, message: str, tmp_path: Path) -> None:
    (tmp_path / "bilingual.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as told:
        load(tmp_path)
    assert message in told.value.message
    assert told.value.line == line
    assert str(told.value.path).endswith("bilingual.toml")
