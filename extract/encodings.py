"""Bytes to text, by byte order mark, declaration and plausibility; nothing is ever dropped.

Wrong codecs rarely fail on Chinese (Big5 bytes are valid GB18030), so every codec that decodes
strictly is judged by the share of common characters it yields.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from extract.common_characters import common_share
from extract.errors import BrokenFile
from extract.mojibake import mend_mojibake

DECLARATION_WITHIN = 4096
"""Bytes from the start in which a page must say how it is encoded (browsers look at 1024)."""

CLEARLY_BETTER = 0.15
"""By how much a codec must beat the declared one, in share of common characters."""

PLAUSIBLE = 0.4
"""Share of common characters from which a guessed codec is believed."""

DAMAGE_TOLERATED = 0.02
"""Greatest share of undecodable characters in a text that is still read, marks in their places."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

GB_NAMES = frozenset(
    (
        *("gb2312", "gb-2312", "gb2312-80", "gb-2312-80", "csgb2312", "iso-ir-58", "chinese"),
        *("gbk", "x-gbk", "cp936", "ms936", "windows-936", "936", "euc-cn", "x-euc-cn"),
        *("gb18030", "gb-18030"),
    )
)
BIG5_NAMES = frozenset(
    ("big5", "big-5", "cn-big5", "csbig5", "big5-hkscs", "x-x-big5", "cp950", "ms950", "950")
)
TRIED = ("utf-8", "gb18030", "cp950", "big5hkscs")

_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']?\s*([\w.:-]+)"""
    rb"""|<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
_MARK = "\ufffd"
_QUOTED = 20


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text with the codec that gave it; `notes` are doubts about that, in plain words."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of a file, with mojibake turned back where that is exact.

    `declared` is a charset named outside the bytes (a mail header). A codec is taken from the
    byte order mark, else the declaration, else UTF-8, else the most plausible Chinese one.
    Raises BrokenFile when nothing fits.
    """
    decoded = _decode_plainly(data, declared)
    mended = mend_mojibake(decoded.text)
    notes = decoded.notes
    if mended.restored:
        notes += (
            f"{len(mended.restored)} garbled passages, UTF-8 misread elsewhere, were turned back: "
            f"first {mended.restored[0][:_QUOTED]}",
        )
    if mended.garbled:
        notes += (
            f"{len(mended.garbled)} passages look garbled and could not be turned back: "
            f"first {mended.garbled[0][:_QUOTED]}",
        )
    return Decoded(mended.text, decoded.encoding, notes)


def declared_charsets(data: bytes) -> tuple[str, ...]:
    """The charsets that an HTML or XML file names for itself, in lower case, in order."""
    found = _DECLARED.finditer(data[:DECLARATION_WITHIN])
    names = [(one[1] or one[2]).decode("ascii", "replace").lower() for one in found]
    return tuple(dict.fromkeys(names))


def utf16_without_mark(data: bytes) -> str | None:
    """`utf-16-le` or `utf-16-be` when the bytes read well so and have no mark; else None."""
    if b"\x00" not in data[:4096] or len(data) % 2:
        return None
    for codec in ("utf-16-le", "utf-16-be"):
        text = _strictly(data, codec)
        if text is None or "\x00" in text:
            continue
        latin = sum(char.isascii() for char in text[:4096]) / len(text[:4096])
        if latin > 0.9 or common_share(text) >= PLAUSIBLE:
            return codec
    return None


def _decode_plainly(data: bytes, declared: str | None) -> Decoded:
    notes: list[str] = []
    for mark, codec in BOMS:
        if data.startswith(mark):
            text = _strictly(data[len(mark) :], codec)
            if text is not None:
                return Decoded(text, codec)
            notes.append(f"the byte order mark says {codec}, but the bytes are not")
            data = data[len(mark) :]
            break
    utf16 = utf16_without_mark(data)
    if utf16:
        return Decoded(data.decode(utf16), utf16, tuple(notes))
    names = ((declared.lower(),) if declared else ()) + declared_charsets(data)
    decoded = _most_plausible(data, names, notes)
    if decoded is None:
        decoded = _with_marks(data, notes) or _guessed(data, notes)
    if decoded is None:
        raise BrokenFile(
            "the text is in no encoding known here (UTF-8, GB18030, Big5, UTF-16)",
            "save it as UTF-8 and read it again",
        )
    return decoded


def _most_plausible(data: bytes, names: tuple[str, ...], notes: list[str]) -> Decoded | None:
    """The declared text unless another codec is clearly better; None when nothing is credible."""
    texts: dict[str, str] = {}
    declared = _add_declared(texts, data, names, notes)
    _add_texts(texts, data, ("utf-8",))
    shares = {codec: common_share(text) for codec, text in texts.items()}
    if max(shares.values(), default=0.0) < 1 - CLEARLY_BETTER and not data.isascii():
        _add_texts(texts, data, TRIED)
        shares = {codec: common_share(text) for codec, text in texts.items()}
    best = max(shares.values(), default=0.0)
    trusted = [codec for codec in (*declared, "utf-8") if codec in texts]
    chosen = next((one for one in trusted if shares[one] >= best - CLEARLY_BETTER), None)
    if chosen is None:
        if best < PLAUSIBLE:
            return None
        chosen = max(shares, key=shares.__getitem__)
    if declared and chosen not in declared:
        notes.append(f"declared charset {names[0]} gives nonsense, read as {public_name(chosen)}")
    return Decoded(texts[chosen], public_name(chosen), tuple(notes))


def _add_declared(
    texts: dict[str, str], data: bytes, names: tuple[str, ...], notes: list[str]
) -> list[str]:
    """Adds the texts that declared charsets give; the codecs that gave one, in order."""
    declared: list[str] = []
    for name in names:
        named = codecs_of(name)
        _add_texts(texts, data, named)
        giving = [codec for codec in named if codec in texts]
        declared.extend(giving)
        if not named:
            notes.append(f"declared charset {name} is not known")
        elif not giving:
            notes.append(f"declared charset {name} does not decode the file")
    return declared


def _add_texts(texts: dict[str, str], data: bytes, wanted: tuple[str, ...]) -> None:
    """Adds the text of each codec that decodes strictly."""
    for codec in wanted:
        text = _strictly(data, codec) if codec not in texts else None
        if text is not None:
            texts[codec] = text


def codecs_of(name: str) -> tuple[str, ...]:
    """Python's codecs for a charset as pages name it; empty when there is none.

    GB2312 and GBK are read as GB18030, which holds both. UTF-16 named inside a page that can be
    read as ASCII is really UTF-8, as in browsers.
    """
    plain = name.strip().lower().replace("_", "-")
    if plain in GB_NAMES:
        return ("gb18030",)
    if plain in BIG5_NAMES:
        return ("cp950", "big5hkscs")
    if plain in ("utf8", "utf-8", "unicode", "unicode-1-1-utf-8") or plain.startswith("utf-16"):
        return ("utf-8",)
    if re.fullmatch(r"(iso-?8859-\d+|windows-?125\d|cp125\d|latin-?1|us-ascii|ascii)", plain):
        return ("cp1252",)
    if plain in ("shift-jis", "sjis", "x-sjis", "euc-jp", "euc-kr"):
        return (plain.removeprefix("x-").replace("-", "_"),)
    return ()


def public_name(codec: str) -> str:
    return "big5" if codec in ("cp950", "big5hkscs") else codec


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _guessed(data: bytes, notes: list[str]) -> Decoded | None:
    """What charset-normalizer makes of bytes in which common Chinese characters are few."""
    best = from_bytes(data, cp_isolation=["utf_8", "gb18030", "big5", "big5hkscs"]).best()
    if best is None:
        return None
    text = _strictly(data, best.encoding)
    if text is None:
        return None
    notes.append(f"the encoding is a guess: {best.encoding}")
    return Decoded(text, best.encoding.replace("_", "-"), tuple(notes))


def _with_marks(data: bytes, notes: list[str]) -> Decoded | None:
    """The text with U+FFFD where bytes are damaged, when these are few and the rest reads well."""
    texts = {codec: data.decode(codec, "replace") for codec in TRIED}
    codec = max(texts, key=lambda one: common_share(texts[one]))
    text = texts[codec]
    damaged = text.count(_MARK)
    if common_share(text) < PLAUSIBLE or damaged > max(3, DAMAGE_TOLERATED * len(text)):
        return None
    notes.append(
        f"damaged characters, each marked {_MARK}, in {public_name(codec)} text: {damaged}"
    )
    return Decoded(text, public_name(codec), tuple(notes))
