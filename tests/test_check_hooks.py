"""The hooks and the action as they are published: what they call exists, fails on a bad page, passes on a mended one."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bilingual.cli import run
from bilingual.cli.check import command

ROOT = Path(__file__).resolve().parents[1]
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def git(*arguments: str) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_fails_on_what_is_staged_and_passes_once_mended(
    hook: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    program, *arguments = shlex.split(hook["entry"])
    assert program == "bilingual"
    git("init", "-b", "main")
    Path("glossary.yaml").write_text(
        "terms:\n- {en: Bank, zh: {preferred: 银行, deprecated: [钱庄]}}\n", encoding="utf-8"
    )
    Path("page.md").write_text("银行。\n", encoding="utf-8")
    git("add", ".")
    git("commit", "-m", "one")
    Path("page.md").write_text("银行。\n\n钱庄。\n", encoding="utf-8")
    git("add", ".")
    assert run([*arguments, "page.md"]) == 1
    assert capsys.readouterr().out == "page.md:3:1: deprecated-form: write 银行 instead of 钱庄\n"
    Path("page.md").write_text("银行。\n\n银行。\n", encoding="utf-8")
    git("add", ".")
    assert run([*arguments, "page.md"]) == 0
    Path("glossary.yaml").write_text("terms:\n- {en: Bank, zh: 银行}\n- {en: Shore, zh: 银行}\n", encoding="utf-8")
    git("add", ".")
    assert run([*arguments, "glossary.yaml"]) == 1
    assert capsys.readouterr().out.startswith("glossary.yaml:3:19: glossary-lint:")


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_is_given_pages_and_glossaries_and_nothing_else(hook: dict[str, Any]) -> None:
    wanted = ["page.md", "docs/页.zh.MD", "a.markdown", "glossary.yaml", "terms/glossary.yml"]
    others = ["a.txt", "config.yaml", "my-glossary.yaml.bak", "md"]
    assert [name for name in wanted + others if re.search(hook["files"], name)] == wanted


def test_the_action_calls_what_is_there() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    steps = yaml.safe_load(text)["runs"]["steps"]
    known = {option for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"--(?:format|rule|glossary|since)\b", steps[-1]["run"])) <= known
    for name in re.findall(r"inputs\.(\w+)", text):
        assert name in yaml.safe_load(text)["inputs"]
    assert all(" ${{" not in step["run"] for step in steps)  # an input is never pasted into a shell
