"""What cannot work is refused in one clear line with exit 2, and whatever happens, every file is old or new."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bilingual import engines
from bilingual.cli import run

MODEL = Path(engines.__file__).parents[1] / "models" / "en-zh"
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and limits as POSIX has them")
WITH_WORDS = "from bilingual import engines; engines.ENGINES['words'] = 'bilingual.testing:WordEngine'; "


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(engines.ENGINES, "words", "bilingual.testing:WordEngine")
    monkeypatch.chdir(tmp_path)
    Path("page.md").write_text("---\ntitle: My page\n---\nWe went to see the bank.\n", encoding="utf-8")
    return Path("page.md")


def tree() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in Path().rglob("*") if path.is_file()}


def refused(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree()
    assert run(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert message in told.err
    assert told.err.count("\n") == 1, told.err
    assert told.err.startswith("bilingual: ")
    assert tree() == before


GLOSSARIES: dict[str, tuple[bytes | None, str]] = {
    "missing": (None, "glossary.yaml: "),
    "invalid YAML": (b"terms:\n  a: [b\n", "glossary.yaml:"),
    "invalid UTF-8": (b"terms:\n  a: \xe9\n", "glossary.yaml:"),
    "no terms": (b"- a\n- b\n", "glossary.yaml:"),
    "a term that is no mapping": (b"terms: 3\n", "glossary.yaml:"),
}


@pytest.mark.parametrize("name", GLOSSARIES)
def test_a_glossary_that_cannot_be_read(name: str, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, message = GLOSSARIES[name]
    if data is not None:
        Path("glossary.yaml").write_bytes(data)
    refused(["translate", str(page), "--engine", "words", "--glossary", "glossary.yaml"], message, capsys)


def test_an_unknown_engine(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused(["translate", str(page), "--engine", "nobody"], "unknown engine 'nobody'", capsys)


def _missing(model: Path) -> None:
    shutil.rmtree(model)


def _no_model(model: Path) -> None:
    (model / "model" / "model.bin").unlink()


def _cut_short(model: Path) -> None:
    whole = (model / "model" / "model.bin").read_bytes()
    (model / "model" / "model.bin").write_bytes(whole[: len(whole) // 2])


def _no_metadata(model: Path) -> None:
    (model / "metadata.json").write_text("{", encoding="utf-8")


def _bad_tokenizer(model: Path) -> None:
    (model / "sentencepiece.model").write_bytes(b"not a model")


@pytest.mark.parametrize("damage", [_missing, _no_model, _cut_short, _no_metadata, _bad_tokenizer])
def test_a_model_that_is_missing_or_damaged(
    damage: Callable[[Path], None], page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(MODEL, "model")
    damage(Path("model"))
    refused(["translate", str(page), "--engine", "./model"], "model", capsys)


def test_an_output_folder_that_is_a_file(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("out").write_text("a file\n", encoding="utf-8")
    refused(["translate", str(page), "--engine", "words", "--out", "out"], "out", capsys)
    refused(["translate", str(page), "--engine", "words", "--out", "out/deeper"], "out", capsys)


def test_a_disk_that_is_full(page: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    refused(["translate", str(page), "--engine", "words"], "page.en.md: cannot be written: No space left", capsys)


@POSIX
@pytest.mark.usefixtures("page")
def test_a_file_that_may_not_grow() -> None:
    Path("page.md").write_text("Hello there, dear reader.\n\n" * 2000, encoding="utf-8")
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); "
        + WITH_WORDS
        + "from bilingual.cli import run; sys.exit(run(['translate', 'page.md', '--engine', 'words']))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "page.en.md: cannot be written: File too large" in done.stderr
    assert list(tree()) == ["page.md"]


@POSIX
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [["parse", "page.md", "--format", "roundtrip"], ["parse", "page.md"],
     ["translate", "page.md", "--engine", "words", "--to", "zh", "--stdout"]],
)  # fmt: skip
@pytest.mark.usefixtures("page")
def test_standard_output_that_is_full(arguments: list[str]) -> None:
    program = WITH_WORDS + f"from bilingual.cli import main; import sys; sys.argv[1:] = {arguments!r}; main()"
    with open("/dev/full", "wb") as full:
        done = subprocess.run([sys.executable, "-c", program], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == ["bilingual: standard output: No space left on device"]


def test_a_reader_that_has_gone_is_no_failure(page: Path) -> None:
    page.write_text("Hello there.\n\n" * 20_000, encoding="utf-8")
    command = [sys.executable, "-m", "bilingual", "parse", "page.md"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.read(100)
    running.stdout.close()
    assert running.stderr.read() == b""
    running.stderr.close()
    assert running.wait() == 0


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("spaceing = true\n", "bilingual.toml:1: unknown setting 'spaceing'; did you mean 'spacing'?"),
        ("\nnote = 3\n", "bilingual.toml:2: note takes true or false"),
        ("note = \n", "bilingual.toml:1:"),
        ('glossary = "none.yaml"\n', "none.yaml"),
    ],
)
def test_settings_that_are_wrong(setting: str, message: str, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("bilingual.toml").write_text(setting, encoding="utf-8")
    refused(["translate", str(page), "--engine", "words"], message, capsys)


def test_two_pages_that_would_be_written_to_one_file(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("deep").mkdir()
    Path("deep/page.md").write_text("Hello again.\n", encoding="utf-8")
    arguments = ["translate", str(page), "deep/page.md", "--engine", "words", "--out", "out"]
    refused(arguments, "would be written to the same file as page.md", capsys)


def test_one_bad_page_among_good_ones_stops_the_run_before_anything_is_written(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("bad.md").write_bytes(b"caf\xe9\n")
    refused(["translate", str(page), "bad.md", "--engine", "words"], "bad.md:1: invalid UTF-8 at byte 3", capsys)


def test_a_record_that_is_damaged(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["translate", str(page), "--engine", "words"]) == 0
    Path(".bilingual/written.json").write_text("{", encoding="utf-8")
    capsys.readouterr()
    refused(["translate", str(page), "--engine", "words"], "written.json: damaged record", capsys)


@pytest.mark.usefixtures("page")
def test_lines_that_are_no_text() -> None:
    command = [sys.executable, "-m", "bilingual", "lines", "--to", "zh"]
    done = subprocess.run(command, input=b"one\ncaf\xe9\n", capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == "bilingual: -:2: not UTF-8: byte 7 of the input\n"


@POSIX
@pytest.mark.usefixtures("page")
def test_ctrl_c_leaves_nothing_half_done() -> None:
    program = (
        "import sys, time\n"
        "from bilingual import testing\n" + WITH_WORDS.replace("; ", "\n") + "def wait(self, *_, **__):\n"
        "    print('asked', file=sys.stderr, flush=True)\n"
        "    time.sleep(60)\n"
        "testing.WordEngine.translate = wait\n"
        "from bilingual.cli import run\n"
        "sys.exit(run(['translate', 'page.md', '--engine', 'words']))\n"
    )
    running = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE, text=True)
    assert running.stderr is not None
    assert running.stderr.readline() == "asked\n"
    running.send_signal(signal.SIGINT)
    assert running.stderr.read().strip() == "bilingual: interrupted"
    running.stderr.close()
    assert running.wait() == 130
    assert list(tree()) == ["page.md"]


@POSIX
def test_kill_9_leaves_every_file_old_or_new(tmp_path: Path) -> None:
    old, new = "old\n" * 50_000, "new\n" * 50_000
    target = tmp_path / "page.md"
    target.write_text(old, encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from bilingual.merge import write\n"
        f"old, new = 'old\\n' * 50_000, 'new\\n' * 50_000; target = Path({str(target)!r})\n"
        "print('ready', flush=True)\n"
        "while True:\n    write(target, new); write(target, old)\n"
    )
    for _ in range(8):
        running = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
        assert running.stdout is not None
        running.stdout.readline()
        time.sleep(random.uniform(0, 0.05))
        running.kill()
        running.wait()
        running.stdout.close()
        assert target.read_text(encoding="utf-8") in (old, new)
