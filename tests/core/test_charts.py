"""Charts: markup that a strict policy lets through, figures that can be read without colours."""

import json
import re
from xml.etree import ElementTree as ET

import pytest
import typst
from django.template import engines
from django.utils import translation

from madang.core.charts import Chart, Series
from madang.documents.typesetting import ACCESSIBLE, PACKAGE

KINDS = ("bars", "columns", "lines", "shares")
SVG = "{http://www.w3.org/2000/svg}"


def a_chart(
    kind="bars", values=((3.0, None, 12.5), (1.0, 2.0, 4.0)), names=("One", "Two", "Three"), **more
):
    series = tuple(Series(f"Series {place}", tuple(each)) for place, each in enumerate(values))
    return Chart(kind, "A title", "What is to be seen.", tuple(names), series, **more)


def read(svg):
    return ET.fromstring(svg)  # noqa: S314 - it is ours


def texts(svg):
    return [element.text for element in read(svg).iter(f"{SVG}text")]


def on_a_page(chart):
    return engines["django"].from_string("{% chart it %}").render({"it": chart})


@pytest.mark.parametrize("kind", KINDS)
def test_the_markup_carries_no_style_and_no_script(kind):
    for written in (
        a_chart(kind).svg(),
        a_chart(kind).drawing().decode(),
        on_a_page(a_chart(kind)),
    ):
        assert not re.search(r"<style|<script|\sstyle=|\son\w+=|javascript:|<!--", written)


@pytest.mark.parametrize("kind", KINDS)
def test_an_ordinary_chart_is_smaller_than_six_kilobytes(kind):
    assert len(a_chart(kind).svg()) < 2_500
    many = a_chart(kind, [range(40)], [f"Category number {place}" for place in range(40)])
    assert len(many.svg().encode()) < 6_000


@pytest.mark.parametrize("kind", KINDS)
def test_who_hears_it_is_told_title_and_summary(kind):
    root = read(a_chart(kind).drawing())
    title, summary = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {summary.get('id')}"
    assert (title.text, summary.text) == ("A title", "What is to be seen.")


@pytest.mark.parametrize("kind", KINDS)
def test_without_values_the_sentence_stands_alone(kind):
    for empty in (
        a_chart(kind, [], []),
        a_chart(kind, [(None, None)], "ab"),
        a_chart(kind, [()], []),
    ):
        assert empty.is_empty
        page = on_a_page(empty)
        assert "What is to be seen." in page
        assert "<svg" not in page
        assert "<table" not in page
        read(empty.drawing())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", [3.4, 0, -2, 1e9])
def test_one_value_is_a_chart(kind, value):
    root = read(a_chart(kind, [(value,)], ["Alone"]).drawing())
    assert "nan" not in ET.tostring(root, encoding="unicode")
    assert "Alone" in texts(ET.tostring(root))


def test_a_gap_is_no_nought():
    drawn = a_chart("bars", [(3, None, 1)]).drawing()
    assert texts(drawn).count("0") == 0
    assert len(re.findall(r"M[\d.]+ [\d.]+h", drawn.decode())) == 2
    lines = a_chart("lines", [(3, None, 1, 2)], "abcd").drawing().decode()
    # One line, between the two that follow each other, and three points.
    assert len(re.findall(r'stroke-width="2" d="M', lines)) == 1
    assert lines.count("a4 4 0 1 0 8 0") == 3


def test_bars_are_as_long_as_their_values():
    drawn = a_chart("bars", [(10, 5, 0)]).drawing().decode()
    lengths = [float(number) for number in re.findall(r"M[\d.]+ [\d.]+h([\d.]+)v", drawn)]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] == pytest.approx(2 * lengths[1], abs=0.2)
    assert lengths[2] == 0
    first, second = (float(y) for y in re.findall(r"M[\d.]+ ([\d.]+)h", drawn)[:2])
    assert first < second


def test_shares_fill_the_width_and_say_their_percentages():
    drawn = a_chart("shares", [(3, 0), (1, 0)], ["Asked", "Nobody"]).drawing()
    assert {"75%", "25%"} <= set(texts(drawn))
    bars = re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v19", drawn.decode())
    assert sum(float(width) for _x, _y, width in bars) == pytest.approx(480, abs=0.3)


def test_series_are_told_apart_by_patterns_and_dashes():
    bars = read(a_chart("bars").drawing())
    assert len(list(bars.iter(f"{SVG}pattern"))) == 1
    assert "stroke-dasharray" in a_chart("lines").svg()
    assert {"Series 0", "Series 1"} <= set(texts(a_chart("bars").drawing()))


def test_hostile_names_stay_text():
    hostile = "</text><script>alert(1)</script>\x00\x0b&\u202e"
    chart = Chart(
        "bars", hostile, hostile, (hostile,), (Series(hostile, (1,)), Series("b", (2,))), hostile
    )
    root = read(chart.drawing())
    assert not [element for element in root.iter() if element.tag.endswith("script")]
    assert "<script>" not in on_a_page(chart)


def test_long_names_are_cut_in_the_drawing_and_whole_in_the_table():
    name = "A name that goes on " * 10
    chart = a_chart("bars", [(1,)], [name])
    assert texts(chart.drawing())[0].endswith("…")
    assert name in on_a_page(chart)
    assert list(chart.table().rows) == [(name, 1)]


def test_persian_reads_from_right_to_left_in_its_own_digits():
    with translation.override("fa"):
        chart = a_chart("bars", [(45,)], ["فارسی"], unit="%")
        svg = chart.drawing()
        assert "\u2067۴۵٪\u2069" in texts(svg)
        # The bar ends at the right edge.
        x, width = re.search(r"M([\d.]+) [\d.]+h([\d.]+)v", svg.decode()).groups()
        assert float(x) + float(width) == pytest.approx(480, abs=0.2)
        assert 'text-anchor="end"' in svg.decode()


def test_the_scale_has_round_steps():
    chart = a_chart("columns", [(7, 37, 12)])
    assert [text for text in texts(chart.drawing()) if text in {"0", "10", "20", "30", "40"}]
    assert "−2" in texts(a_chart("columns", [(-4, 3)], "ab").drawing())


def test_a_series_needs_a_value_for_each_category():
    with pytest.raises(ValueError, match="one value"):
        a_chart("bars", [(1, 2)], ["only one"])
    with pytest.raises(ValueError, match="6 series"):
        a_chart("bars", [(1,)] * 7, ["a"])


def test_the_table_has_a_column_for_each_series():
    table = a_chart().table()
    assert [str(column.heading) for column in table.columns] == ["Category", "Series 0", "Series 1"]
    assert next(iter(table.rows)) == ("One", 3.0, 1.0)
    assert a_chart(unit="min").rows_in_words()[2] == ("Three", ["12.5\xa0min", "4\xa0min"])


def test_every_script_of_the_region_is_typeset_as_text():
    names = ("សិក្ខាសាលា", "မြန်မာ", "বাংলা ক্ষ", "བོད་ཡིག", "فارسی لا", "한국어", "ไทย", "हिन्दी")
    chart = a_chart("bars", [range(1, 9)], names)
    data = str(chart.for_typesetting()["labels"])
    assert all(name in data for name in names)
    source = (
        '#import "/documents/templates/documents/chart.typ": chart\n'
        '#set document(title: "Charts")\n#chart(json(bytes(sys.inputs.data)))'
    )
    pdf = typst.compile(
        source.encode(), root=PACKAGE, pdf_standards=ACCESSIBLE,
        sys_inputs={"data": json.dumps(chart.for_typesetting())},
    )  # fmt: skip
    assert pdf.startswith(b"%PDF")
