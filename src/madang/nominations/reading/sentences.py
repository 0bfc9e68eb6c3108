"""What each code says, in plain words, in the language of who reads it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from madang.core import locales

# About one cell, or one row.
ON_CELLS: dict[str, Any] = {
    "missing": _("There is nothing here, and it is needed."),
    "formula": _(
        "This is a formula, “%(original)s”. Formulas are not worked out here: write what it shall "
        "say."
    ),
    "error_value": _("The spreadsheet shows the error %(original)s here. Write what it shall say."),
    "too_long": _("This has %(letters)s letters; %(most)s fit. Shorten it."),
    "to_be_told": _("“%(original)s”: this is still to come."),
    "markup": _(
        "This holds code of a web page. It is kept as plain text and does nothing; look whether it "
        "belongs here."
    ),
    "lost_letters": _("Letters were lost on the way here, as “%(original)s” shows. Ask for them."),
    "mojibake": _("The letters look as if they had been read in a wrong encoding."),
    "merged": _(
        "The cell is merged with one above that says “%(above)s”. Does that hold for this row too?"
    ),
    "not_a_name": _("“%(original)s” is no name of a person."),
    "digits_in_name": _("There are figures in the name."),
    "comma_in_name": _("A comma divides the name. Which part comes first?"),
    "title_in_name": _("The name begins with “%(title)s”, which may be a title and not a name."),
    "mixed_scripts": _(
        "The word “%(word)s” mixes letters of two scripts (%(scripts)s), some of which look alike."
    ),
    "no_name": _("The row has no name."),
    "sex_unknown": _("“%(original)s” does not say which sex is meant."),
    "sex_and_title": _("The title is “%(title)s”, but the sex is another one."),
    "country_unknown": _("“%(original)s” is no country that the list of countries knows."),
    "country_likely": _("“%(original)s” most likely means %(country)s."),
    "kind_unknown": _("“%(original)s” is no kind of organisation that is known."),
    "kind_differs": _(
        "“%(organisation)s” is of another kind in %(times)s other rows of this list."
    ),
    "kind_and_name": _("The name “%(organisation)s” sounds like another kind of organisation."),
    "not_an_email": _("“%(original)s” is no e-mail address."),
    "email_space": _("There is a space within the address. Without it, it is %(mended)s."),
    "email_mended": _("The address is not well-formed. Most likely it is %(mended)s."),
    "email_several": _("There are several addresses. Which one is the person's own?"),
    "nominator_is_nominee": _("Who nominates has the same address as who is nominated."),
    "phone_short": _("The telephone number has few figures."),
    "phone_letters": _("The telephone number has letters in it."),
    "not_a_number": _("“%(original)s” is no number. Write it in figures."),
    "date_for_number": _(
        "The spreadsheet made a date, %(original)s, of what was typed here. Write the number."
    ),
    "out_of_range": _("%(original)s is not between %(least)s and %(most)s."),
    "too_small": _("%(original)s is less than %(least)s."),
    "fraction": _("%(original)s is no whole number."),
    "not_on_scale": _("“%(original)s” is no step of the scale."),
    "off_scale": _("%(original)s is not on the scale from %(least)s to %(most)s."),
    "not_yes_no": _("“%(original)s” says neither yes nor no."),
    "more_than_yes_no": _("“%(original)s” says more than yes or no."),
    "not_a_choice": _("“%(original)s” is none of the answers that are offered."),
    "not_a_date": _("“%(original)s” is no date."),
    "impossible_date": _("There is no day %(original)s."),
    "incomplete_date": _("“%(original)s” is only part of a date. Day, month and year are needed."),
    "ambiguous_date": _(
        "“%(original)s” can be read with the day or with the month first, and the column does not "
        "tell which."
    ),
    "date_as_number": _("%(original)s is a number, most likely one that stands for a date."),
    "buddhist_year": _("The year %(year)s most likely is one of the Buddhist era."),
    "solar_year": _("The year %(year)s most likely is one of the solar Hijri calendar."),
    "date_in_future": _("This day is still to come: today is %(today)s."),
    "old_date": _("This day is more than two years ago."),
    "not_a_nomination": _(
        "This line names nobody: a heading, a sum or a signature? If it is a nomination, fill in "
        "what is missing."
    ),
}

# What was changed, or understood without asking.
ON_CHANGES: dict[str, Any] = {
    "corrected": _("Somebody settled this cell."),
    "spaces": _("Spaces at the ends, or more than one between words, were taken out."),
    "invisible": _("Letters that nobody sees were taken out."),
    "composed": _("Letters and their accents were put together."),
    "line_break": _("A line break became a space."),
    "placeholder": _("“%(original)s” stands for nothing."),
    "digits": _("The figures were read as 0–9."),
    "capitals": _("The name is written in capitals. It is kept as it is."),
    "single_name": _("There is one name only, as is usual in many places."),
    "scripts_differ": _(
        "Family name and given names are in different scripts (%(family)s, %(given)s). Both are "
        "kept."
    ),
    "country_read": _("The list of countries knows “%(original)s”."),
    "email_case": _("The domain of the address was written without capitals."),
    "email_prefix": _("“mailto:” before the address was left out."),
    "phone_as_number": _(
        "The spreadsheet holds the telephone number as a plain number: a “+” or 0 at its beginning "
        "would be lost."
    ),
    "day_first": _("The day was read first, as row %(row)s of the column shows."),
    "points": _("The day was read first, as is usual where there are points between."),
    "month_first": _("The month was read first, as row %(row)s of the column shows."),
    "short_year": _("The year has two figures; it was taken for one of these years."),
    "solar_date": _("A date of the solar Hijri calendar, turned into the common one."),
    "after_deadline": _("This day is after the deadline, %(deadline)s."),
    "number_repeated": _("Row %(row)s has the same number."),
}

# About columns and sheets.
ON_COLUMNS: dict[str, Any] = {
    "heading_doubled": _(
        "Column %(letters)s has a heading like that of column %(other)s, which is the one that is "
        "read."
    ),
    "column_day_first": _(
        "Dates in this column have the day first: %(count)s of them, such as in row %(row)s, can "
        "be read in no other way."
    ),
    "column_month_first": _(
        "Dates in this column have the month first: %(count)s of them, such as in row %(row)s, "
        "can be read in no other way."
    ),
    "column_order_unsettled": _(
        "Dates in this column contradict each other: row %(row)s has the day first, row %(other)s "
        "the month. Those that can be read in both ways are asked about."
    ),
    "heading_again": _("Row %(row)s repeats the headings and was left out."),
    "numbers_of_columns": _("Row %(row)s numbers the columns and was left out."),
}

# Why two entries may be one person.
ON_PAIRS: dict[str, Any] = {
    "same_email": _("the same e-mail address"),
    "same_phone": _("the same telephone number"),
    "same_name": _("the same name"),
    "name_order": _("the same name, its parts in another order"),
    "name_script": _("the same name in another script or spelling"),
    "name_alike": _("a similar name"),
    "name_initials": _("the same name, one of them with initials"),
    "name_part": _("one name is part of the other"),
    "same_organisation": _("the same organisation"),
    "same_country": _("the same country"),
    "other_name": _("but another name"),
    "other_email": _("but another e-mail address"),
    "other_phone": _("but another telephone number"),
    "other_organisation": _("but another organisation"),
    "other_country": _("but another country"),
}

DAYS = frozenset({"today", "deadline"})  # Details that are days in ISO 8601.

SENTENCES = {**ON_CELLS, **ON_CHANGES, **ON_COLUMNS, **ON_PAIRS}


def of(code: str, details: Mapping[str, Any]) -> str:
    """The sentence of a code, in the language that is active."""
    return str(SENTENCES[code]) % {name: _said(name, value) for name, value in details.items()}


def _said(name: str, value: Any) -> Any:
    """Days and numbers as they are written where it is read; what the file says as it says it."""
    if name in DAYS:
        return locales.calendar_date(date.fromisoformat(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return locales.digits(str(value))
    return value
