"""QR codes, read back by another implementation's eyes: their matrix."""

import re

import cv2
import numpy as np
import pytest

from accounts.qr_codes import drawn

ADDRESS = "otpauth://totp/OpenSlate:ana%40openslate.example?secret=JBSWY3DPEHPK3PXP&issuer=OpenSlate"
RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


@pytest.mark.parametrize("text", [ADDRESS, "محتوى عربي"])
def test_a_drawn_code_is_read_back_as_its_text(text: str) -> None:
    code = drawn(text)
    picture = np.full((code.size, code.size), 255, np.uint8)
    for x, y, width, _ in (map(int, run.groups()) for run in RUN.finditer(code.path)):
        picture[y, x : x + width] = 0
    read, *_ = cv2.QRCodeDetector().detectAndDecode(np.kron(picture, np.ones((8, 8), np.uint8)))
    assert read == text


def test_the_quiet_zone_is_empty() -> None:
    code = drawn(ADDRESS)
    runs = [tuple(map(int, run.groups())) for run in RUN.finditer(code.path)]
    assert min(x for x, *_ in runs) == 4
    assert min(y for _, y, *_ in runs) == 4
    assert max(x + width for x, _, width, _ in runs) == code.size - 4
