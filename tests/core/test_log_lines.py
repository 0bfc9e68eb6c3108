"""The log names no secret address."""

import logging

from madang.core.log_lines import WithoutTokens


def line(message: str, *arguments: object) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, arguments, None)
    WithoutTokens().filter(record)
    return record.getMessage()


def test_tokens_are_struck_out_and_other_addresses_stay():
    token = "0123456789abcdef" * 2 + "01234567"
    for place in ("nominate", "endorse", "offers", "seats"):
        assert line("Not Found: %s", f"/{place}/{token}/code/") == f"Not Found: /{place}/*/code/"
    kept = "/manage/incheon/cohort/offers/018f0000-0000-7000-8000-000000000000/"
    assert line("Not Found: %s", kept) == f"Not Found: {kept}"
