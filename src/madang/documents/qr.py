"""QR codes as drawings that a template can set and a page can show."""

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

# The margin that readers need around it, in modules.
QUIET_ZONE = 4


def svg(text: str) -> str:
    """The QR code of a text (an address) as SVG, black on white, with its margin."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    size = len(rows)
    squares = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" '
        f'shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="#fff"/>'
        f'<path d="{squares}"/></svg>'
    )
