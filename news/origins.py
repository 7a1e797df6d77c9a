from publishing.origins import Kind, Origin, register

register(
    Origin(
        Kind.PICTURES,
        "Pressebilder",
        credit="wie am Bild und in der Pressemappe angegeben",
        licence="Frei für die Berichterstattung über die Metropolregion, mit Bildnachweis",
    )
)
