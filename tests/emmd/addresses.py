"""Every address the portal answers, by name."""

from django.urls import URLPattern


def named_patterns(resolver, prefix=()):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield ":".join([*prefix, entry.name or f"unnamed {entry.pattern}"]), entry.callback
        else:
            yield from named_patterns(entry, (*prefix, entry.namespace) if entry.namespace else prefix)
