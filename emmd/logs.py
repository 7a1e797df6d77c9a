import json
import logging


class JsonFormatter(logging.Formatter):
    """One JSON object a line, as log collectors read it. Addresses without their query: it may hold what was typed."""

    def format(self, record):
        entry = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if (request := getattr(record, "request", None)) is not None and hasattr(request, "path"):
            entry |= {"method": request.method, "path": request.path}
        if (status := getattr(record, "status_code", None)) is not None:
            entry["status"] = status
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)
