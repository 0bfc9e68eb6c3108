"""What stands in the log: no secret address."""

import logging
import re

# Below these parts of an address stands the token of a link that opens a form without an account,
# or of somebody's calendar: whoever reads the log could use it.
_TOKEN = re.compile(r"/(nominate|endorse|offers|seats|calendar)/[0-9a-f]{32,}")


class WithoutTokens(logging.Filter):
    """Puts a star where an address holds a token."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if _TOKEN.search(message):
            record.msg, record.args = _TOKEN.sub(r"/\1/*", message), ()
        return True
