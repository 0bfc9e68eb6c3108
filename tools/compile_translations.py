"""Compile message catalogues: `compile_translations.py FILE.po …` writes FILE.mo beside each."""

import sys
from pathlib import Path

import polib

for name in sys.argv[1:]:
    catalogue = polib.pofile(name)
    catalogue.save_as_mofile(str(Path(name).with_suffix(".mo")))
    print(f"{name}: {catalogue.percent_translated()} % translated")
