from __future__ import annotations

import segno

from cove.directory.org.commands.second_factor import Enrolment
from cove.directory.org.schemas.session import EnrolmentAnswer

_QUIET_ZONE = 2


def enrolment_answer(enrolment: Enrolment) -> EnrolmentAnswer:
    """Return what an authenticator app needs, with the code to scan as an SVG in a data address."""
    code = segno.make_qr(enrolment.uri, error="m")
    picture = code.svg_data_uri(border=_QUIET_ZONE, scale=4)
    return EnrolmentAnswer(secret=enrolment.secret, uri=enrolment.uri, picture=picture)
