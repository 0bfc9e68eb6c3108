"""The drawing: frozen and hashed first, then a seed, then a panel that anybody can draw again."""

import hashlib
import inspect
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from madang.methods.selection import Nominee, Panel, Problem, Quota, drawing

PROBLEM = Problem(
    2,
    (
        Nominee("Sok", {"sex": "m", "name": "Sok"}, merit=90, cost=800),
        Nominee("Dara", {"sex": "f"}, merit=70, cost=12.5),
        Nominee("Soňa “S”", {"sex": "f"}, merit=60, cost=1e-7),
    ),
    (Quota("sex", "f", 1),),
    budget=1_000_000.0,
    exclude=(),
)
PANELS = (
    Panel(("Sok", "Dara"), 0.5, "3"),
    Panel(("Sok", "Soňa “S”"), 1 / 3, "2"),
    Panel(("Dara", "Soňa “S”"), 1 / 6, "1"),
)
FROZEN = (
    '{"form":"madang drawing 1","list":[{"attributes":{"sex":"m"},"cost":"800","id":"Sok"},'
    '{"attributes":{"sex":"f"},"cost":"12.5","id":"Dara"},'
    '{"attributes":{"sex":"f"},"cost":"0.0000001","id":"Soňa “S”"}],'
    '"panels":[{"members":["Sok","Dara"],"weight":"3"},{"members":["Sok","Soňa “S”"],"weight":"2"},'
    '{"members":["Dara","Soňa “S”"],"weight":"1"}],'
    '"rules":{"budget":"1000000","exclude":[],"include":[],'
    '"quotas":[{"attribute":"sex","max":2,"min":1,"value":"f"}],"seats":2}}\n'
)


def test_what_is_frozen_is_the_list_the_rules_and_the_panels_and_no_merit() -> None:
    frozen = drawing.freeze(PROBLEM, PANELS)
    assert frozen.text.decode() == FROZEN
    assert frozen.fingerprint == hashlib.sha256(FROZEN.encode()).hexdigest()
    assert drawing.freeze(replace(PROBLEM, seed=9, seconds=1), PANELS) == frozen
    assert b"cost" not in drawing.freeze(replace(PROBLEM, budget=None), PANELS).text


def test_whole_and_decimal_amounts_freeze_alike() -> None:
    once = replace(PROBLEM, budget=1_000_000)
    assert drawing.freeze(once, PANELS) == drawing.freeze(PROBLEM, PANELS)


def test_the_drawing_is_the_same_for_ever() -> None:
    """These values must never change: what was drawn once has to be drawn again by anybody."""
    drawn = drawing.draw(drawing.freeze(PROBLEM, PANELS), "4 2 6 1 5")
    assert drawn == drawing.Drawing(
        fingerprint="e32d276c563a27c907c0cf23d555d12447fd86008104138a072f3726b898569c",
        seed="4 2 6 1 5",
        panel=2,
        members=("Dara", "Soňa “S”"),
        ticket=5,
        tickets=6,
        turn=0,
        digest="4386f654431c052ebeea092b4d8a6ca1940ad44a627064e410b5442f5768a98f",
    )


def test_each_panel_is_drawn_as_often_as_its_weight_says() -> None:
    frozen = drawing.freeze(PROBLEM, PANELS)
    counts = Counter(drawing.draw(frozen, str(seed)).ticket for seed in range(3000))
    assert sorted(counts) == [0, 1, 2, 3, 4, 5]
    assert all(420 < count < 580 for count in counts.values())
    panels = Counter(drawing.draw(frozen, str(seed)).panel for seed in range(3000))
    assert panels[0] == counts[0] + counts[1] + counts[2]
    assert panels[2] == counts[5]


def test_a_number_above_the_largest_multiple_is_refused_and_drawn_again() -> None:
    """With 2**255 + 1 tickets nearly half of all digests would favour the first tickets."""
    panels = (Panel(("Sok", "Dara"), 1.0, str(2**255)), Panel(("Sok", "Soňa “S”"), 0.0, "1"))
    frozen = drawing.freeze(PROBLEM, panels)
    turns = Counter(drawing.draw(frozen, str(seed)).turn for seed in range(400))
    assert 150 < turns[0] < 250
    assert max(turns) > 2
    for seed in range(20):
        drawn = drawing.draw(frozen, str(seed))
        message = f"{frozen.fingerprint}\n{seed}\n{drawn.turn}\n0".encode()
        assert int(hashlib.sha256(message).hexdigest(), 16) == drawn.ticket < 2**255 + 1


def test_more_tickets_than_one_digest_can_tell_apart_take_several() -> None:
    panels = (
        Panel(("Sok", "Dara"), 0.5, str(2**600)),
        Panel(("Sok", "Soňa “S”"), 0.5, str(2**600)),
    )
    frozen = drawing.freeze(PROBLEM, panels)
    drawn = [drawing.draw(frozen, str(seed)) for seed in range(40)]
    assert {each.panel for each in drawn} == {0, 1}
    assert all(drawing.verify(frozen.text, each) == [] for each in drawn)


def test_verifying_finds_whatever_was_changed() -> None:
    frozen = drawing.freeze(PROBLEM, PANELS)
    drawn = drawing.draw(frozen, "4 2 6 1 5")
    assert drawing.verify(frozen.text, drawn) == []
    other = (drawn.panel + 1) % 3
    lie = replace(drawn, panel=other, members=PANELS[other].members)
    assert len(drawing.verify(frozen.text, lie)) == 2
    assert len(drawing.verify(frozen.text.replace(b"800", b"900"), drawn)) == 1
    assert drawing.verify(frozen.text, replace(drawn, seed="4 2 6 1 4")) != []


def test_what_can_not_be_drawn_is_refused() -> None:
    frozen = drawing.freeze(PROBLEM, PANELS)
    with pytest.raises(ValueError, match="seed"):
        drawing.draw(frozen, " ")
    with pytest.raises(ValueError, match="fingerprint"):
        drawing.draw(replace(frozen, fingerprint="0" * 64), "1")
    with pytest.raises(ValueError, match="no panel"):
        drawing.draw(drawing.freeze(PROBLEM, ()), "1")


def test_the_few_lines_of_the_description_draw_the_same_panel(tmp_path: Path) -> None:
    """Anybody can run them; they know nothing of Madang."""
    described = inspect.getdoc(drawing) or ""
    begin = described.index("import hashlib")
    lines = described[begin : described.index("The frozen text is")].splitlines()
    program = "\n".join(line.strip() for line in lines)
    large = (*PANELS, Panel(("Sok", "Dara"), 0.9, str(2**300 + 12345)))
    for panels in (PANELS, large):
        frozen = drawing.freeze(PROBLEM, panels)
        (tmp_path / "frozen.json").write_bytes(frozen.text)
        for seed in ("1", "4 2 6 1 5", "주사위"):
            done = subprocess.run(
                [sys.executable, "-X", "utf8", "-c", program.replace("the seed", seed)],
                cwd=tmp_path,
                env=os.environ | {"PYTHONPATH": ""},
                capture_output=True,
                check=True,
                text=True,
                encoding="utf-8",
            )
            assert done.stdout.strip() == str(list(drawing.draw(frozen, seed).members))


def test_the_frozen_text_is_read_by_any_json_reader() -> None:
    assert json.loads(drawing.freeze(PROBLEM, PANELS).text)["rules"]["seats"] == 2
