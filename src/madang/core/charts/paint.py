"""How a chart is coloured: by classes on a page, by attributes in a file that stands alone."""

from dataclasses import dataclass

# Tokens of the stylesheet, light, as documents have them (`documents/frame.typ`).
_HUES = ("#0c5a4d", "#1b4c8a", "#8a3b6c", "#855300", "#b04414", "#55606b")
_INK, _SOFT, _HAIRLINE, _PAPER = "#17212b", "#55606b", "#ddd8cb", "#ffffff"
_FONTS = (
    "Noto Sans", "Noto Sans Arabic", "Noto Sans Khmer", "Noto Sans Lao", "Noto Sans Thai",
    "Noto Sans Myanmar", "Noto Sans Devanagari", "Noto Sans Bengali", "Noto Sans Sinhala",
    "Noto Sans Tamil", "Noto Sans Georgian", "Noto Sans Armenian", "Noto Sans CJK KR",
    "Noto Serif Tibetan", "Libertinus Serif", "DejaVu Sans", "sans-serif",
)  # fmt: skip


@dataclass(frozen=True)
class Paint:
    """The attributes of each part, as they are written into a tag."""

    root: str
    fills: tuple[str, ...]
    strokes: tuple[str, ...]
    cut: str
    rule: str
    base: str
    name: str
    figure: str


CLASSES = Paint(
    root='class="plot"',
    fills=tuple(f'class="f{place}"' for place in range(1, 7)),
    strokes=tuple(f'class="l{place}"' for place in range(1, 7)),
    cut='class="cut"',
    rule='class="rule"',
    base='class="base"',
    name='class="name"',
    figure='class="figure"',
)
PRINTED = Paint(
    root=f'xmlns="http://www.w3.org/2000/svg" font-family="{", ".join(_FONTS)}" font-size="14"',
    fills=tuple(f'fill="{hue}"' for hue in _HUES),
    strokes=tuple(f'fill="none" stroke="{hue}" stroke-width="2"' for hue in _HUES),
    cut=f'stroke="{_PAPER}" stroke-width="2" fill="none"',
    rule=f'stroke="{_HAIRLINE}"',
    base=f'stroke="{_INK}"',
    name=f'fill="{_INK}"',
    figure=f'fill="{_SOFT}"',
)
