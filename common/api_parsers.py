"""JSON bodies of requests: only what the database can hold."""

import json
import re
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

# An escaped NUL in JSON text, not a backslash that happens to stand before `u0000`.
ESCAPED_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


class StorableJSONParser(JSONParser):
    """Refuses with 400 what PostgreSQL cannot hold: NUL, lone surrogates, infinite numbers; and deep nesting."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        try:
            data = super().parse(stream, media_type, parser_context)
            text = json.dumps(data, allow_nan=False, ensure_ascii=False)
            text.encode()
        except RecursionError as error:
            raise ParseError("The JSON is nested too deeply.") from error
        except UnicodeEncodeError as error:
            raise ParseError("The JSON holds half a surrogate pair; send real characters.") from error
        except ValueError as error:
            raise ParseError("The JSON holds a number that is too large.") from error
        if ESCAPED_NUL.search(text):
            raise ParseError("The JSON holds a NUL character.")
        return data
