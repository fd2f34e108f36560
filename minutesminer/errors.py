"""The exceptions of minutesminer. Every message says what to do next."""


class MinutesMinerError(Exception):
    """Base of all exceptions this package raises on purpose."""


class UsageError(MinutesMinerError):
    """What the caller gave cannot be used: a wrong date, a path that is not there, a bad manifest."""


class RuleError(MinutesMinerError):
    """A file under `patterns/` breaks the rules' own rules; the message names file, rule and key."""


class NotOurDatabase(MinutesMinerError):
    """The file given as database is not one that minutesminer made, or not SQLite at all."""


class DatabaseBusy(MinutesMinerError):
    """Another process holds the database locked."""


class DiskFull(MinutesMinerError):
    """The disk has no room for the database."""


class TrackerError(MinutesMinerError):
    """What officers typed cannot be saved or read: a full disk, a damaged file, one that is not ours."""


class ArchiveError(MinutesMinerError):
    """The archive of fetched pages cannot be used: in use by another program, damaged, or its disk is full."""


class Stopped(MinutesMinerError):
    """The user asked to stop; what was done so far is kept."""


class ReportError(MinutesMinerError):
    """A report cannot be printed: the browser that prints it failed."""


class ReadWarning(UserWarning):
    """Something beside the documents could not be read: a folder, a manifest, a member of a zip file."""
