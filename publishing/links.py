def links_by_kind(links, kinds):
    """[(„Weitere Informationen“, [link, …]), …] in the order of the kinds."""
    groups = [(kind.label, [link for link in links if link.kind == kind]) for kind in kinds]
    return [(label, members) for label, members in groups if members]
