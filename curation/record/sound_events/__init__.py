"""Labelled sounds in time: DCASE tables and JAMS, in and out of a record's `audio.events`.

Works on bytes that it is given; opens no files. Labels find their AudioSet class by name; whatever a format or a record
cannot carry is told, never dropped in silence.
"""

from curation.record.sound_events.formats import FORMATS, detect, export_events, import_events
from curation.record.sound_events.reading import MAX_EVENTS, ExportedEvents, ImportedEvents

__all__ = ["FORMATS", "MAX_EVENTS", "ExportedEvents", "ImportedEvents", "detect", "export_events", "import_events"]
