"""The script that a text is written in."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

_SCRIPT_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x024F, "latin"), (0x0370, 0x03FF, "greek"), (0x0400, 0x052F, "cyrillic"), (0x0530, 0x058F, "armenian"),
    (0x0590, 0x05FF, "hebrew"), (0x0600, 0x06FF, "arabic"), (0x0750, 0x077F, "arabic"), (0x0900, 0x097F, "devanagari"),
    (0x0980, 0x09FF, "bengali"), (0x0A00, 0x0A7F, "gurmukhi"), (0x0A80, 0x0AFF, "gujarati"), (0x0B00, 0x0B7F, "oriya"),
    (0x0B80, 0x0BFF, "tamil"), (0x0C00, 0x0C7F, "telugu"), (0x0C80, 0x0CFF, "kannada"), (0x0D00, 0x0D7F, "malayalam"),
    (0x0D80, 0x0DFF, "sinhala"), (0x0E00, 0x0E7F, "thai"), (0x0E80, 0x0EFF, "lao"), (0x0F00, 0x0FFF, "tibetan"),
    (0x1000, 0x109F, "myanmar"), (0x10A0, 0x10FF, "georgian"), (0x1100, 0x11FF, "hangul"), (0x1200, 0x137F, "ethiopic"),
    (0x1780, 0x17FF, "khmer"), (0x1C90, 0x1CBF, "georgian"), (0x1E00, 0x1EFF, "latin"), (0x1F00, 0x1FFF, "greek"),
    (0x3040, 0x30FF, "kana"), (0x3400, 0x4DBF, "han"), (0x4E00, 0x9FFF, "han"), (0xAC00, 0xD7AF, "hangul"),
    (0xFB50, 0xFDFF, "arabic"), (0xFE70, 0xFEFF, "arabic"),
)  # fmt: skip
# Signs as Japan simplified them: China writes others for the same, traditional or simplified.
_JAPANESE_SIGNS = frozenset(
    "円気発対単実広図売価続覚経済総駅県検験歩辺沢満訳読鉄労働込畑団囲帰応戦拡択拠挙権歓毎浄渋焼犠砕稲穏縄絵継緑縦聴脳芸荘薬蔵観証譲転軽遅郷釈鉱鎮"
    "関闘険隠雑霊頼顔駆騒黒"
)


def script_of(text: str) -> str | None:
    """The script most letters of ``text`` are in (``latin``, ``arabic``, ``han`` …), ``None``
    without letters."""
    if text.isascii():
        return "latin" if any(char.isalpha() for char in text) else None
    scripts: Counter[str] = Counter()
    japanese = 0
    for char, count in Counter(text).items():
        if char.isalpha():
            name = _script_of_char(char)
            if name:
                scripts[name] += count
            if char in _JAPANESE_SIGNS:
                japanese += count
    if not scripts:
        return None
    # Japanese mixes a little kana into much Han, and simplified some signs in its own way; Chinese has neither, but for names.
    telling = scripts["kana"] + japanese if scripts["han"] else 0
    if telling * 25 >= scripts["han"] > 0:
        scripts["kana"] += scripts.pop("han")
    return max(scripts, key=lambda name: scripts[name])


@lru_cache(maxsize=32_768)
def _script_of_char(char: str) -> str | None:
    code = ord(char)
    for low, high, name in _SCRIPT_RANGES:
        if low <= code <= high:
            return name
    return None
