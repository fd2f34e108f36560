"""Recorded pages and answers of real councils, replayed byte for byte where the folder of them is at hand."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .answer import HTML, PDF, XML, Answer

_KENT = "kent/kent__full_council_2025-03-13__CPP_Minutes_10.12.24.pdf"
_TYPES = {".xml": XML, ".html": HTML, ".pdf": PDF}


@dataclass(frozen=True, slots=True)
class Kept:
    """Which recorded file answers the paths with `pattern` in them.

    `host` is the real site's address, as the file's links have it; it alone is changed, to the stand-in's.
    """

    pattern: str
    file: str
    host: str | None = None


@dataclass
class Recorded:
    """The site that recorded files make; `folder` is that of the fixtures, `files` are tried in order."""

    folder: Path
    files: Sequence[Kept]

    def __call__(self, path: str, root: str) -> Answer | None:
        kept = next((each for each in self.files if re.search(each.pattern, path)), None)
        if kept is None:
            return None
        body = (self.folder / kept.file).read_bytes()
        if kept.host:
            body = re.sub(rb"https?://" + re.escape(kept.host).encode(), root.encode(), body)
        return Answer(body, 200, _TYPES.get(Path(kept.file).suffix, "application/octet-stream"))


def fixtures() -> Path | None:
    """The folder of recorded fixtures, or None where it is absent."""
    project = Path(__file__).resolve().parents[3]
    folder = Path(os.environ.get("MINUTESMINER_SHARED", project.parent / "shared")) / "fixtures"
    return folder if folder.is_dir() else None


def manchester(folder: Path) -> Recorded:
    """The web service of Manchester: a list of committees, one committee's two meetings, and those meetings."""
    host = "democracy.manchester.gov.uk"
    return Recorded(
        folder,
        [
            Kept(r"^/mgWebService\.asmx/GetCommittees\b", "lgsf/modgov_committees.xml"),
            Kept(r"^/mgWebService\.asmx/GetMeetings\?.*lCommitteeId=144\b", "lgsf/modgov_meetings.xml"),
            Kept(r"^/mgWebService\.asmx/GetMeeting\?lMeetingId=4966$", "lgsf/modgov_meeting_no_minutes.xml", host),
            Kept(r"^/mgWebService\.asmx/GetMeeting\?lMeetingId=4967$", "lgsf/modgov_meeting_with_minutes.xml", host),
        ],
    )


def birmingham(folder: Path) -> Recorded:
    """The CMIS of Birmingham: its calendar of June 2026, its list of July, and two pages of meetings."""
    host = "birmingham.cmis.uk.com"
    return Recorded(
        folder,
        [
            Kept(r"(?i)^/birmingham/Meetings\.aspx\?ctl=MeetingCalendarListView", "lgsf/cmis_listview.html", host),
            Kept(r"(?i)^/birmingham/Meetings\.aspx$", "lgsf/cmis_base.html"),
            Kept(r"/MeetingCalendarPublicNoJava/.*/2026-06-01/", "lgsf/cmis_calendar_month.html", host),
            Kept(r"/ViewMeetingPublic/.*/Meeting/15042/", "lgsf/cmis_detail_with_minutes.html", host),
            Kept(r"/ViewMeetingPublic/.*/Meeting/15115/", "lgsf/cmis_detail_no_minutes.html", host),
            Kept(r"/ViewMeetingPublic/", "lgsf/cmis_meeting_summary.html", host),
            Kept(r"(?i)/Document\.ashx\?", _KENT),
        ],
    )


def kingston(folder: Path) -> Recorded:
    """One meeting's page of Kingston, and for its printed minutes a PDF of Kent's."""
    return Recorded(
        folder,
        [
            Kept(r"^/ieListDocuments\.aspx\?", "kingston/kingston__2026-01-15_neighbourhood_committee.html"),
            Kept(r"^/documents/g10230/Printed", _KENT),
        ],
    )
