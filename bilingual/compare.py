"""Two linked texts compared: numbers, dates, links. The one home; diff, checks and verification call it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from bilingual import numbers
from bilingual.model import Code, Lang
from bilingual.numbers import Date, DateRange, Quantity


class Difference(NamedTuple):
    """One fact in which two texts differ."""

    kind: Literal["number", "date", "link", "code"]
    en: str | None
    """As it stands in the English text; None where it is not mentioned."""
    zh: str | None
    contradiction: bool
    """False where one side merely does not mention it."""
    message: str


def compare(
    en: str,
    zh: str,
    *,
    en_codes: Sequence[Code] = (),
    zh_codes: Sequence[Code] = (),
) -> list[Difference]:
    """What two linked texts, in inline-code form, say differently.

    A figure that one side does not mention is an omission; a contradiction takes two figures in the same role.
    """
    found = _quantities(en, zh)
    if en_codes or zh_codes:
        found += _links(en_codes, zh_codes)
    return found


class _Fact(NamedTuple):
    value: Fraction | Date
    kind: str
    source: str
    role: str
    approx: bool
    weak: bool


_ROLES = {
    "people": (
        r"participants?|people|persons?|students?|attendees?|members?|guests?|audience|employees",
        r"[余多]?[名位]?(?:人|同学|学生|成员|嘉宾)",
    ),
    "money": (r"yuan|dollars?|RMB|CNY|USD|euros?", r"美?元|人民币|欧元"),
    "places": (r"(?:\w+ )?(?:positions?|places?|quotas?|openings?)", r"个?(?:\w{0,4})(?:名额|岗位|职位)"),
    "hours": (r"hours?", r"个?小时"),
    "minutes": (r"minutes?", r"分钟"),
    "days": (r"days?", r"天|日"),
    "weeks": (r"weeks?", r"周|个?星期"),
    "years": (r"years?", r"年"),
    "months": (r"months?", r"个月"),
    "times": (r"times?", r"次|倍|场"),
}  # fmt: skip
_ROLE_EN = {
    name: re.compile(r"\+?\s*(?:or more |or so )?(?:\w+ )?(?:" + en + r")\b", re.IGNORECASE)
    for name, (en, _) in _ROLES.items()
}
_ROLE_ZH = {name: re.compile(r"[+＋余多]?\s*(?:左右|以上)?(?:的)?(?:" + zh + ")") for name, (_, zh) in _ROLES.items()}
_HEAD_ZH = re.compile(r"(人数|人次)(?:为|是|达到?|约|近|超过?|共)?[：:]?\s*$")


def _facts(text: str, lang: Lang) -> list[_Fact]:
    facts = []
    for quantity in numbers.find(text, lang):
        source = text[quantity.start : quantity.end]
        ends = quantity.value if isinstance(quantity.value, DateRange) else (quantity.value,)
        kind = "date" if quantity.kind == "date-range" else quantity.kind
        facts += [_Fact(end, kind, source, _role(text, quantity, lang), quantity.approx, quantity.weak) for end in ends]
    return facts


def _role(text: str, quantity: Quantity, lang: Lang) -> str:
    """What a number counts, as far as that is known."""
    for name, pattern in (_ROLE_EN if lang == "en" else _ROLE_ZH).items():
        if pattern.match(text, quantity.end):
            return name
    if lang == "zh" and _HEAD_ZH.search(text, max(0, quantity.start - 8), quantity.start):
        return "people"
    return ""


_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_+./-]*(?<=[A-Za-z0-9])")


def _without_names(en: str, zh: str) -> tuple[str, str]:
    """Both texts with what is neither word nor number blanked out where both hold it: ResNet-101, 44.5M, v4.0."""
    shared = {name for name in _NAME.findall(en) if re.search("[A-Za-z]", name) and re.search("[0-9]", name)}
    shared.intersection_update(_NAME.findall(zh))
    if not shared:
        return en, zh
    blank = lambda m: "_" * len(m[0]) if m[0] in shared else m[0]  # noqa: E731
    return _NAME.sub(blank, en), _NAME.sub(blank, zh)


_HAN_DIGITS = "零一二三四五六七八九十"


def _quantities(en: str, zh: str) -> list[Difference]:
    en, zh = _without_names(en, zh)
    left, right = _facts(en, "en"), _facts(zh, "zh")
    if not left and not right:
        return []
    for fact in list(left):
        mate = next((other for other in right if _same(fact, other)), None)
        if mate:
            left.remove(fact)
            right.remove(mate)
    left = [fact for fact in left if not fact.weak]
    right = [fact for fact in right if not fact.weak]
    left = [fact for fact in left if not _in_a_word(fact, zh)]
    found = []
    for fact in list(left):
        rivals = [other for other in right if _rivals(fact, other, left, right)]
        if len(rivals) == 1:
            left.remove(fact)
            right.remove(rivals[0])
            kind: Literal["number", "date"] = "date" if fact.kind == "date" else "number"
            found.append(
                Difference(kind, fact.source, rivals[0].source, True, f"{fact.source} against {rivals[0].source}")
            )
    found += [_omission(fact, None) for fact in left] + [_omission(None, fact) for fact in right]
    return list(dict.fromkeys(found))


def _in_a_word(fact: _Fact, zh: str) -> bool:
    """Whether a small English number stands in a Chinese word: three areas, 三大领域."""
    value = fact.value
    return (
        isinstance(value, Fraction)
        and value.denominator == 1
        and value in range(3, 11)
        and _HAN_DIGITS[int(value)] in zh
    )


def _omission(en: _Fact | None, zh: _Fact | None) -> Difference:
    fact = en or zh
    source, kind = (fact.source, fact.kind) if fact else ("", "")
    where = "Chinese" if en else "English"
    return Difference(
        "date" if kind == "date" else "number",
        en and en.source,
        zh and zh.source,
        False,
        f"{source} is not in the {where}",
    )


def _same(one: _Fact, other: _Fact) -> bool:
    a, b = one.value, other.value
    if isinstance(a, Date) and isinstance(b, Date):
        fields = zip(a[:3], b[:3], strict=True)
        agree = all(x is None or y is None or x == y for x, y in fields)
        return agree and (a.part == b.part or not a.part or not b.part) and (a.year == b.year or a.month == b.month)
    if isinstance(a, Date) or isinstance(b, Date):
        date, number = (a, b) if isinstance(a, Date) else (b, a)
        if isinstance(date, Date) and date.part == "century":
            return date.year == number and "ordinal" in (one.kind, other.kind)  # the 18th and 19th centuries
        alone = isinstance(date, Date) and not date.part and [x for x in date[:3] if x is not None]
        return isinstance(alone, list) and alone == [number]
    return a == b and ((one.kind == "percent") == (other.kind == "percent"))


def _rivals(fact: _Fact, other: _Fact, left: list[_Fact], right: list[_Fact]) -> bool:
    """Whether two unequal figures stand in the same role."""
    if (fact.kind == "date") != (other.kind == "date") or (fact.kind == "percent") != (other.kind == "percent"):
        return False
    if "ordinal" in (fact.kind, other.kind) and fact.kind != other.kind:
        return False
    alone = len(left) == len(right) == 1
    if fact.kind == "date":
        return alone and _grain(fact.value) == _grain(other.value)
    if alone and fact.kind == other.kind and "" in (fact.role, other.role):
        return True
    if fact.role or other.role:
        return (
            fact.role == other.role
            and sum(f.role == fact.role for f in left) == sum(f.role == fact.role for f in right) == 1
        )
    return False


def _grain(value: object) -> tuple[bool, ...]:
    return tuple(field is not None for field in value[:3]) if isinstance(value, Date) else ()


_TARGET = re.compile(r"\]\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)|\bhref\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
_LANG_PART = re.compile(
    r"(?<=[/.])(?:zh|en|cn|us)(?:[-_](?:cn|hans|hant|tw|us|gb))?(?=[/.]|$)|^(?:zh|en|cn)\.|//(?:zh|en|cn|www)\.",
    re.IGNORECASE,
)


def targets(codes: Sequence[Code]) -> list[str]:
    """The link targets of a unit's inline codes, in order."""
    found = []
    for code in codes:
        if code.kind == "url":
            found.append(code.open.strip("<>"))
        elif code.kind in ("link", "tag"):
            match = _TARGET.search(code.close or "") or _TARGET.search(code.open)
            if match:
                found.append(match.group(1) or match.group(2) or "")
    return found


def same_target(one: str, other: str) -> bool:
    """Whether two targets are the same page, language variants of one page included."""
    return _neutral(one) == _neutral(other) or _anchor(one) == _anchor(other) != ""


def _neutral(target: str) -> str:
    path = re.sub(r"^https?://", "//", target.split("#")[0].split("?")[0])
    return _LANG_PART.sub("", path).replace("//", "/").rstrip("/").lower()


def _anchor(target: str) -> str:
    """A link within the page points to a heading, whose name differs with the language."""
    return "#" if target.startswith("#") else ""


def _links(en_codes: Sequence[Code], zh_codes: Sequence[Code]) -> list[Difference]:
    left, right = targets(en_codes), targets(zh_codes)
    for target in list(left):
        mate = next((other for other in right if same_target(target, other)), None)
        if mate is not None:
            left.remove(target)
            right.remove(mate)
    if len(left) == len(right) == 1:
        external = all(re.match(r"https?://", target) for target in (left[0], right[0]))
        host = [re.sub(r"^https?://(?:www\.)?([^/]*).*", r"\1", target) for target in (left[0], right[0])]
        return [Difference("link", left[0], right[0], external and host[0] == host[1], f"{left[0]} against {right[0]}")]
    gone = [Difference("link", target, None, False, f"{target} is not in the Chinese") for target in left]
    return gone + [Difference("link", None, target, False, f"{target} is not in the English") for target in right]
