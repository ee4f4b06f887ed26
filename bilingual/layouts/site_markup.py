"""What site generators add to Markdown, made plain Markdown: Liquid, Hugo shortcodes, kramdown attributes, admonitions.

A page that stands alone is built by no site generator, so what one would have resolved has to be resolved or left out
here. Code and maths are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bilingual.markup import scan
from bilingual.model import Lang
from bilingual.tags import TAG
from bilingual.text import HAN, has_han

_ROOTS = r"(?:site\.baseurl|site\.url|site\.github\.url|base_path|page\.url|\.Site\.BaseURL)"
_ROOT = re.compile(rf"\{{\{{-?\s*{_ROOTS}\s*-?\}}\}}")
_LITERAL = re.compile(r"\{\{-?\s*(?:'([^'{}]*)'|\"([^\"{}]*)\")\s*(?:\|[^{}]*)?\}\}")
_FIGURE = re.compile(r"\{\{<\s*(?:figure|img)\b((?:(?!>\}\}).)*)>\}\}")
_PARAMETER = re.compile(r"\b(src|alt|caption|title)=(?:\"([^\"]*)\"|'([^']*)')")
_TAG = re.compile(r"\{%(?:(?!%\}).)*%\}|\{\{[<%](?:(?!\}\}).)*[>%]\}\}|\{#(?:(?!#\}).)*#\}", re.DOTALL)
_OUTPUT = re.compile(r"\{\{(?:(?!\{\{|\}\}).)*\}\}")
_IN_LINK = re.compile(r"(\]\([^()\s]*)\{\{[^{}\n]*\}\}")
_VERBATIM = re.compile(
    r"\{[%{][<%]?-?\s*(highlight|text|code|codeblock|mermaid)\b[ \t]*([\w+#-]*)[^\n]*?-?[>%]?[%}]\}[ \t]*\n(.*)\n[ \t]*"
    r"\{[%{][<%]?-?\s*(?:end|/\s*)\1\s*-?[>%]?[%}]\}",
    re.DOTALL,
)
_HEADING_ID = re.compile(r"[ \t]*\{:?[ \t]*(?:[.\w=\"'-]+[ \t]+)*#([\w:.-]+)[^{}\n]*\}[ \t]*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"[ \t]*\{:[^{}\n]*\}(?:[ \t]*$)?|(?<=[\])])\{[.#][^{}\n]*\}", re.MULTILINE)
_HEADING_TAIL = re.compile(r"^([ ]{0,3}#{1,6}[ \t].*?)[ \t]*\{[.#][^{}\n]*\}[ \t]*$", re.MULTILINE)
_BREAKS = re.compile(r"\A(?:\s*<br\s*/?>[ \t]*\n?)+", re.IGNORECASE)
_MARKDOWN_IN = re.compile(
    r"(<(\w+)\b[^<>]*?)\s+markdown=[\"']?\w+[\"']?([^<>]*>)(.*?)(</\2\s*>)", re.DOTALL | re.IGNORECASE
)
_FENCE_OPEN = re.compile(r"^:{3,}[ \t]*\{?\.?([\w-]+)\}?[ \t]*(.*)$", re.MULTILINE)
_FENCE_CLOSE = re.compile(r"^:{3,}[ \t]*$", re.MULTILINE)
_ADMONITION = re.compile(
    r"^(?:!!!|\?\?\?\+?)[ \t]+([\w-]+)[^\n\"]*(?:\"([^\"\n]*)\")?[ \t]*\n((?:(?:[ ]{4}|\t)[^\n]*\n?|[ \t]*\n)*)",
    re.MULTILINE,
)
_ALERT = re.compile(r"^((?:[ ]{0,3}>[ \t]?)+)\[!(\w+)\][+-]?[ \t]*", re.MULTILINE)
_ZH_END = re.compile(f"[{HAN}，。；：！？、）」』》〉】”’…—]$")
_ZH_START = re.compile(f"[ \\t]*[{HAN}（「『《〈【“‘]")

_WORDS: dict[str, str] = {
    "note": "说明", "info": "说明", "tip": "提示", "hint": "提示", "important": "重要", "warning": "警告",
    "caution": "注意", "danger": "危险", "example": "示例", "details": "详情", "question": "问题",
}  # fmt: skip


def plain(source: str, lang: Lang) -> str:
    """The source without what only a site generator understands; a heading keeps its words, not its attributes."""
    source = _BREAKS.sub("", source)
    source = outside_code(_HEADING_TAIL.sub(r"\1", source), _resolved)
    source = _boxes(source, lang)
    source = _MARKDOWN_IN.sub(r"\1\3\n\n\4\n\n\5", source)
    if "<pre" not in source:
        source = outside_code(source, _unbroken)
    return _linked(_stressed(source))


def code(source: str) -> str:
    """A site generator's block of code as a fenced one; any other source as it is."""
    found = _VERBATIM.fullmatch(source.strip())
    if not found:
        return source
    fence = "`" * max(3, 1 + max(map(len, re.findall(r"`+", found.group(3))), default=0))
    return f"{fence}{found.group(2) or ''}\n{found.group(3)}\n{fence}"


def heading_id(source: str) -> str | None:
    """The id that an author gave a heading: `{#id}`, `{: #id}`."""
    found = _HEADING_ID.search(source)
    return found.group(1) if found else None


def outside_code(source: str, change: Callable[[str], str]) -> str:
    """The source with a change made to all of it that is neither code nor maths."""
    parts, at = [], 0
    for mark in scan(source).marks:
        if mark.kind in ("code", "math") and mark.start >= at:
            parts += [change(source[at : mark.start]), source[mark.start : mark.end]]
            at = mark.end
    return "".join([*parts, change(source[at:])])


def _resolved(text: str) -> str:
    text = _ROOT.sub("", text)
    text = _LITERAL.sub(lambda found: found.group(1) or found.group(2) or "", text)
    text = _FIGURE.sub(_figure, text)
    text = _TAG.sub("", text)
    text = _ATTRIBUTES.sub("", text)
    text = TAG.sub(lambda found: _OUTPUT.sub("", found.group()), text)
    text = _IN_LINK.sub(r"\1", text)
    return _OUTPUT.sub(lambda found: f"`{found.group()}`", text)


def _figure(found: re.Match[str]) -> str:
    values = {name: double or single for name, double, single in _PARAMETER.findall(found.group(1))}
    caption = values.get("caption") or values.get("title") or ""
    image = f"![{values.get('alt') or caption}]({values.get('src', '')})"
    return f"{image}\n\n{caption}" if caption else image


def _boxes(source: str, lang: Lang) -> str:
    """Admonitions as an HTML box with Markdown in it."""
    source = _ADMONITION.sub(
        lambda m: f"{_opening(m.group(1), m.group(2) or '', lang)}{_dedented(m.group(3))}\n\n</div>\n", source
    )
    if _FENCE_OPEN.search(source):
        source = _FENCE_OPEN.sub(lambda m: _opening(m.group(1), m.group(2).strip(), lang), source)
        source = _FENCE_CLOSE.sub("\n</div>\n", source)
    return _ALERT.sub(lambda m: f"{m.group(1)}**{_name(m.group(2), lang)}**\n{m.group(1)}\n{m.group(1)}", source)


def _opening(kind: str, title: str, lang: Lang) -> str:
    return f'<div class="box">\n\n**{title or _name(kind, lang)}**\n\n'


def _name(kind: str, lang: Lang) -> str:
    return _WORDS.get(kind.lower(), kind) if lang == "zh" else kind.capitalize()


def _dedented(text: str) -> str:
    return re.sub(r"^(?:[ ]{1,4}|\t)", "", text, flags=re.MULTILINE).strip("\n")


def _unbroken(source: str) -> str:
    """Lines of Chinese put together: browsers show a space for the line break, where Chinese has none."""
    lines = source.split("\n")
    kept = lines[:1]
    for line in lines[1:]:
        before = kept[-1]
        if (
            _ZH_START.match(line)
            and _ZH_END.search(before)
            and not before.lstrip().startswith("#")
            and "|" not in before
        ):
            kept[-1] = before + line.lstrip()
        else:
            kept.append(line)
    return "\n".join(kept)


def _stressed(source: str) -> str:
    """`**真。**她` in bold, as kramdown has it and its author meant it; CommonMark wants a space there."""
    stars = [m for m in scan(source).marks if m.kind == "literal" and source[m.start : m.end] == "**"]
    parts, at = [], 0
    while len(stars) > 1:
        first, second = stars[:2]
        inner = source[first.end : second.start]
        if inner == inner.strip() != "" and not re.search(r"\n\n|\*\*", inner) and has_han(inner):
            parts += [source[at : first.start], f"<strong>{inner}</strong>"]
            at = second.end
            del stars[0]
        del stars[0]
    return "".join([*parts, source[at:]])


def _linked(source: str) -> str:
    """Bare addresses between angle brackets: Chinese text may touch them, and would be taken for a part of them."""
    parts, at, depth = [], 0, 0
    for mark in scan(source).marks:
        if mark.kind == "link":
            depth += mark.role
        elif mark.kind == "url" and not depth and source[mark.start : mark.start + 4] == "http":
            parts += [source[at : mark.start], "<", source[mark.start : mark.end], ">"]
            at = mark.end
    return "".join([*parts, source[at:]])
