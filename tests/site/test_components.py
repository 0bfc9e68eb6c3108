"""The components keep their contracts: what is said, to whom, and in which order."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import brotli
import pytest
from django import forms
from django.contrib import messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils import translation

from madang.core.texts import Wording
from madang.people.visitors import VISITOR
from madang.site.settings import PACKAGE
from madang.site.views import style

SEOUL = ZoneInfo("Asia/Seoul")
STYLESHEET = PACKAGE / "site" / "static" / "madang.css"
SPRITE = PACKAGE / "site" / "static" / "icons.svg"


def a_request(address="/", who=VISITOR):
    request = RequestFactory().get(address)
    request.who = who
    return request


def render(source, address="/", **context):
    return Template(source).render(RequestContext(a_request(address), context))


class Nomination(forms.Form):
    name = forms.CharField(label="Name", help_text="As you write it")
    note = forms.CharField(label="Note", required=False)
    diet = forms.ChoiceField(
        label="Diet", choices=[("a", "Anything"), ("h", "Halal")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="I agree")


# --- The frame ------------------------------------------------------------------------------------
def test_the_frame_says_its_language_and_direction():
    assert '<html lang="en" dir="ltr">' in render('{% extends "base.html" %}')
    with translation.override("fa"):
        assert '<html lang="fa" dir="rtl">' in render('{% extends "base.html" %}')


def test_the_frame_starts_with_the_way_to_the_content_and_marks_where_one_is():
    page = render('{% extends "base.html" %}', "/news/")
    assert page.index('href="#main"') < page.index("<header")
    assert '<main id="main">' in page
    assert '<a href="/news/" aria-current="page">' in page
    assert '<a href="/news/" aria-current="true">' in render(
        '{% extends "base.html" %}', "/news/1/"
    )


def test_every_language_is_offered_in_itself_and_leads_back_to_the_same_page():
    page = render('{% extends "base.html" %}', "/workshops/?day=2")
    assert '<a href="/language/fa/?next=%2Fworkshops%2F%3Fday%3D2" lang="fa" dir="rtl"' in page
    assert ">فارسی</a>" in page


def test_a_visitor_is_led_to_sign_in_and_sees_no_working_pages():
    page = render('{% extends "base.html" %}', "/news/")
    assert "/account/login/?next=%2Fnews%2F" in page
    assert "/manage/" not in page


def test_the_demo_says_that_it_is_one_and_others_do_not(settings):
    assert "invented" not in render('{% extends "base.html" %}')
    settings.MADANG_DEMO = True
    page = render('{% extends "base.html" %}')
    assert "invented" in page
    assert 'value="day-3"' in page


def test_what_happened_is_said_as_a_status():
    request = a_request()
    request.session = {}
    request._messages = FallbackStorage(request)
    messages.success(request, "Saved <now>")
    page = Template('{% extends "base.html" %}').render(RequestContext(request))
    assert 'role="status"' in page
    assert '<p class="notice success">Saved &lt;now&gt;</p>' in page


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "403_csrf"])
def test_pages_for_what_went_wrong_stand_in_both_directions(name):
    for language in ("en", "fa"):
        with translation.override(language):
            page = render(f'{{% extends "{name}.html" %}}')
        assert "<h1>" in page
        assert 'href="/"' in page


def test_no_page_carries_a_script_or_a_style_of_its_own(client):
    page = client.get("/style/").content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert not re.search(r"<[^>]* on[a-z]+=", page)
    assert page.count("<script") == page.count('<script type="module" src=')


# --- Weight ---------------------------------------------------------------------------------------
def test_the_stylesheet_stays_light_and_logical():
    source = STYLESHEET.read_text()
    assert len(brotli.compress(source.encode(), quality=11)) <= 7 * 1024
    for physical in (
        "-left",
        "-right",
        "margin-top",
        "padding-top",
        " left:",
        " right:",
        "text-align: left",
    ):
        assert physical not in source, physical
    assert "@import" not in source
    assert "url(" not in source


def test_a_programme_of_forty_sessions_stays_light():
    slots = "".join(
        f'{{% slot start end "A session about the subject of number {number}" '
        f'url="/workshops/incheon-2007/sessions/session-{number}/" module={number % 4 + 1} '
        f"details=details zone=zone %}}"
        for number in range(40)
    )
    page = render(
        f'{{% extends "base.html" %}}{{% block main %}}<ol class="slots">{slots}</ol>'
        "{% endblock %}",
        start=datetime(2007, 10, 8, tzinfo=UTC), end=datetime(2007, 10, 8, 1, tzinfo=UTC),
        details=["Lecture", "Grand Hall", "Siriporn Chaiyaporn"], zone=SEOUL,
    )  # fmt: skip
    assert len(brotli.compress(page.encode())) <= 6 * 1024


# --- Components -----------------------------------------------------------------------------------
def test_a_slot_says_when_what_where_and_which_module():
    html = render(
        '{% slot start end title url="/s/" module=6 details=details now=True zone="Asia/Seoul" %}',
        start=datetime(2007, 10, 8, tzinfo=UTC), end=datetime(2007, 10, 8, 1, 15, tzinfo=UTC),
        title="Vision & roadmap", details=["Lecture", "", "Grand Hall"],
    )  # fmt: skip
    assert '<li class="m2 now">' in html
    assert '<time datetime="09:00">09:00</time><time datetime="10:15">10:15</time>' in html
    assert '<a href="/s/">Vision &amp; roadmap</a>' in html
    assert "Lecture · Grand Hall" in html
    assert "Module </span>6</b>" in html


def test_tabs_find_the_page_that_one_is_on():
    items = [("/w/", "Workshop"), ("/w/programme/", "Programme")]
    here = render('{% tabs items "Workshop" %}', "/w/programme/", items=items)
    below = render('{% tabs items "Workshop" %}', "/w/programme/monday/", items=items)
    assert '<a href="/w/programme/" aria-current="page">' in here
    assert '<a href="/w/programme/" aria-current="true">' in below
    assert here.count("aria-current") == 1


def test_a_column_header_turns_the_order_and_forgets_the_page():
    first = render('{% sort "name" "Name" default="ascending" %}', "/?country=TH&page=3")
    assert 'aria-sort="ascending"' in first
    assert "?country=TH&amp;sort=-name" in first
    again = render('{% sort "name" "Name" default="ascending" %}', "/?sort=merit")
    assert 'aria-sort="none"' in again


def test_pages_of_a_list_keep_its_filters():
    rows = Paginator(range(1000), 50).page(4)
    html = render("{% pagination rows %}", "/?country=TH", rows=rows)
    assert 'rel="next" href="?country=TH&amp;page=5"' in html
    assert '<span aria-current="page">4</span>' in html
    assert render("{% pagination rows %}", rows=Paginator(range(3), 50).page(1)).strip() == ""


@pytest.mark.parametrize(
    ("have", "bound", "state"), [(18, 12, ""), (4, 4, "tight"), (4, 6, "not met")]
)
def test_a_quota_says_in_words_how_it_stands(have, bound, state):
    html = render('{% quota "Women" have total=40 at_least=bound %}', have=have, bound=bound)
    assert f"{have} ≥ {bound}" in html
    assert ("<strong>" in html) == bool(state)
    assert state in html


def test_block_components_escape_what_they_are_given():
    html = render(
        '{% notice "warn" title=text %}{{ text }}{% endnotice %}'
        "{% page_head text lead=text %}{% endpage_head %}",
        text="<b>",
    )
    assert "<b>" not in html
    assert html.count("&lt;b&gt;") == 4


def test_every_icon_that_the_style_page_shows_is_drawn():
    assert {f'id="{name}"' for name in style.ICONS} <= set(SPRITE.read_text().split())


# --- Forms ----------------------------------------------------------------------------------------
def test_a_form_names_its_fields_hints_and_what_is_optional():
    html = render('{% form form submit="Send" cancel="/back/" %}', form=Nomination())
    assert '<label for="id_name">Name</label>' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert "Note <small>(optional)</small>" in html
    assert "<legend>Diet</legend>" in html
    assert '<button class="button">Send</button><a href="/back/">' in html


def test_each_error_stands_beside_its_field_and_leads_to_it_from_the_top():
    html = render('{% form form submit="Send" %}', form=Nomination({"note": "kept"}))
    assert "3 things need your attention" in html
    assert '<a href="#id_name">Name: ' in html
    assert '<a href="#id_diet_0">Diet: ' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'value="kept"' in html
    for target in ("id_name", "id_diet_0", "id_agree"):
        assert f'id="{target}"' in html


def test_what_is_wrong_with_the_whole_form_is_said_once():
    form = Nomination({"name": "a", "diet": "a", "agree": "on"})
    form.full_clean()
    form.add_error(None, "The call is closed.")
    html = render('{% form form submit="Send" %}', form=form)
    assert html.count("The call is closed.") == 1


def test_filters_offer_the_way_back_to_everything_only_where_something_is_filtered():
    assert "Show all" in render("{% filters form %}", form=Nomination({"name": "a"}))
    assert "Show all" not in render("{% filters form %}", form=Nomination({}))


# --- Texts, dates, numbers ------------------------------------------------------------------------
def test_a_text_in_another_language_says_so():
    assert render("{{ text|wording }}", text=Wording("<Plan>", "en")) == "&lt;Plan&gt;"
    assert (
        render("{{ text|wording }}", text=Wording("برنامه", "fa"))
        == '<span lang="fa" dir="rtl">برنامه</span>'
    )
    with translation.override("fa"):
        assert render("{{ text|wording }}", text=Wording("برنامه", "fa-AF")) == "برنامه"


@pytest.mark.parametrize(
    "harmful",
    [
        "<script>x</script>",
        "[a](javascript:alert(1))",
        "![a](http://x/y.png)",
        "<img src=x onerror=y>",
    ],
)
def test_markdown_cannot_harm(harmful):
    html = render("{{ text|markdown }}", text=harmful)
    for sign in ("<script", "<img", 'href="javascript'):
        assert sign not in html


def test_markdown_takes_its_place_under_the_headings_of_the_page():
    assert "<h3>Why</h3>" in render("{{ text|markdown }}", text="# Why")
    assert '<div lang="km" dir="ltr"><p>' in render("{{ text|markdown }}", text=Wording("ក", "km"))


def test_dates_and_numbers_follow_the_reader():
    source = '{{ day|localdate:"day" }} | {{ n|number }} | {{ share|percent }}'
    context = {"day": date(2007, 10, 8), "n": 3012, "share": 0.45}
    assert render(source, **context) == "Mon 8 Oct | 3,012 | 45%"
    with translation.override("fa"):
        assert render(source, **context) == "دوشنبه ۱۶ مهر | ۳٬۰۱۲ | ۴۵٪"


def test_a_name_keeps_its_own_direction():
    assert render("{{ name|person_name }}", name="<نیگینا>") == "<bdi>&lt;نیگینا&gt;</bdi>"


def test_nothing_is_shown_for_what_is_not_known():
    source = "{{ none|localdate }}{{ none|localtime }}{{ none|localmoment }}{{ none|number }}"
    assert render(source, none=None) == ""
