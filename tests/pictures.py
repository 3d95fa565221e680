"""Reads back what a picture of a page says."""

import io

import zxingcpp
from PIL import Image


def codes_in(png: bytes) -> list[str]:
    """What every QR code in the picture says, as a phone would read it, from top to bottom."""
    read = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)).convert("L"))
    found = [code for code in read if code.format == zxingcpp.BarcodeFormat.QRCode]
    found.sort(key=lambda code: (code.position.top_left.y, code.position.top_left.x))
    return [code.text for code in found]
