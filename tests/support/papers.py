"""Files as people send them."""

from io import BytesIO

from pypdf import PdfWriter


def page_of(text: str = "") -> bytes:
    """A PDF of one page on which nothing is to be seen; `text` stands in it as a comment."""
    writer = PdfWriter()
    writer.add_blank_page(width=300, height=400)
    written = BytesIO()
    writer.write(written)
    return written.getvalue() + (f"% {text}\n".encode() if text else b"")
