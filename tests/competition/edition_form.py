"""What a browser sends when an editor saves a form of the admin: as it was shown, with changes."""


def shown(client, path):
    """Every field of the form at `path`, rows included, with the value it was shown with."""
    context = client.get(path).context
    data = {}
    # An old version shows no rows.
    for form in (context["adminform"].form, *_rows(context.get("inline_admin_formsets", ()))):
        for bound in form:
            _put(data, bound)
    return data


def _rows(inline_formsets):
    for inline in inline_formsets:
        yield inline.formset.management_form
        yield from inline.formset.forms


def _put(data, bound):
    widget, value = bound.field.widget, bound.value()
    if hasattr(widget, "decompress"):
        for number, part in enumerate(widget.decompress(value)):
            data[f"{bound.html_name}_{number}"] = widget.widgets[number].format_value(part) or ""
    elif value is True:
        data[bound.html_name] = "on"
    elif isinstance(value, list | tuple):
        data[bound.html_name] = [getattr(one, "pk", one) for one in value]
    elif value is not None and value is not False:
        is_typed = hasattr(widget, "format_value") and not hasattr(bound.field, "choices")
        data[bound.html_name] = (widget.format_value(value) or "") if is_typed else value
