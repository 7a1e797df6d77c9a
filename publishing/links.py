def links_by_kind(item):
    """[(„Weitere Informationen“, [link, …]), …] in the order of the kinds; for items whose links have a Kind."""
    links = list(item.links.all())
    groups = [(kind.label, [link for link in links if link.kind == kind]) for kind in item.links.model.Kind]
    return [(label, members) for label, members in groups if members]
