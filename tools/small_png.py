"""Small pictures of pages: few colours and no dithering, so that text stays sharp.

Pages have flat colours, and shades of them only at the edges of letters. Half of the palette are
the colours that are used most, the other half those that would be missed most. Chromium reads the
picture, so no other library has to.
"""

import base64
import struct
import zlib

import numpy as np
from playwright.sync_api import Browser

COLOURS = 256

_PIXELS = """async (address) => {
  const picture = await createImageBitmap(await (await fetch(address)).blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext("2d");
  context.drawImage(picture, 0, 0);
  const { data, width, height } = context.getImageData(0, 0, picture.width, picture.height);
  let text = "";
  for (let at = 0; at < data.length; at += 32768) {
    text += String.fromCharCode(...data.subarray(at, at + 32768));
  }
  return [width, height, btoa(text)];
}"""


def smaller(png: bytes, browser: Browser) -> bytes:
    """The same picture with a palette."""
    pixels = _pixels(png, browser)
    palette, indices = _quantised(pixels)
    return _written(palette, indices)


def _pixels(png: bytes, browser: Browser) -> np.ndarray:
    """Height × width × red, green, blue."""
    page = browser.new_page()
    address = "data:image/png;base64," + base64.b64encode(png).decode()
    width, height, text = page.evaluate(_PIXELS, address)
    page.close()
    shape = (height, width, 4)
    return np.frombuffer(base64.b64decode(text), np.uint8).reshape(shape)[:, :, :3]


def _quantised(pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    colours, where, counts = np.unique(
        pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True
    )
    order = np.argsort(-counts, kind="stable")
    palette = [colours[index] for index in order[: COLOURS // 2]]
    missed = np.min([_far(colours, colour) for colour in palette], axis=0)
    while len(palette) < COLOURS and (missed > 0).any():
        palette.append(colours[(missed * counts).argmax()])
        missed = np.minimum(missed, _far(colours, palette[-1]))
    nearest = np.argmin([_far(colours, colour) for colour in palette], axis=0).astype(np.uint8)
    return np.array(palette), nearest[where.reshape(-1)].reshape(pixels.shape[:2])


def _far(colours: np.ndarray, colour: np.ndarray) -> np.ndarray:
    """How far each of the colours is from one, squared."""
    return ((colours.astype(np.int64) - colour) ** 2).sum(axis=1)


def _written(palette: np.ndarray, indices: np.ndarray) -> bytes:
    """A PNG by the standard (ISO/IEC 15948): header, palette, unfiltered rows, end."""
    height, width = indices.shape
    rows = np.zeros((height, width + 1), np.uint8)  # each row begins with its filter: none
    rows[:, 1:] = indices
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", header),
            _chunk(b"PLTE", palette.tobytes()),
            _chunk(b"IDAT", zlib.compress(rows.tobytes(), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check
