"""Many PDF files as one, for the printer."""

from collections.abc import Iterable
from io import BytesIO


def merged(files: Iterable[bytes]) -> bytes:
    """The pages of all files in one; printed on both sides, each begins on a sheet of its own."""
    # Read by the process that merges, not by every process that serves pages.
    from pypdf import PdfWriter

    writer = PdfWriter()
    for content in files:
        before = len(writer.pages)
        writer.append(BytesIO(content), import_outline=False)
        if (len(writer.pages) - before) % 2:
            writer.add_blank_page()
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
