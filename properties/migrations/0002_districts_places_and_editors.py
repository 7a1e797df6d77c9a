from django.db import migrations

from publishing.groups import hand_over

# Official municipality key, name, slug. The first two digits are the state.
DISTRICTS = (
    ("14511", "Chemnitz", "chemnitz"),
    ("14521", "Erzgebirgskreis", "erzgebirgskreis"),
    ("14522", "Landkreis Mittelsachsen", "landkreis-mittelsachsen"),
    ("14523", "Vogtlandkreis", "vogtlandkreis"),
    ("14524", "Landkreis Zwickau", "landkreis-zwickau"),
    ("14612", "Dresden", "dresden"),
    ("14625", "Landkreis Bautzen", "landkreis-bautzen"),
    ("14626", "Landkreis Görlitz", "landkreis-goerlitz"),
    ("14627", "Landkreis Meißen", "landkreis-meissen"),
    ("14628", "Landkreis Sächsische Schweiz-Osterzgebirge", "landkreis-saechsische-schweiz-osterzgebirge"),
    ("14713", "Leipzig", "leipzig"),
    ("14729", "Landkreis Leipzig", "landkreis-leipzig"),
    ("14730", "Landkreis Nordsachsen", "landkreis-nordsachsen"),
    ("15001", "Dessau-Roßlau", "dessau-rosslau"),
    ("15002", "Halle (Saale)", "halle-saale"),
    ("15003", "Magdeburg", "magdeburg"),
    ("15081", "Altmarkkreis Salzwedel", "altmarkkreis-salzwedel"),
    ("15082", "Landkreis Anhalt-Bitterfeld", "landkreis-anhalt-bitterfeld"),
    ("15083", "Landkreis Börde", "landkreis-boerde"),
    ("15084", "Burgenlandkreis", "burgenlandkreis"),
    ("15085", "Landkreis Harz", "landkreis-harz"),
    ("15086", "Landkreis Jerichower Land", "landkreis-jerichower-land"),
    ("15087", "Landkreis Mansfeld-Südharz", "landkreis-mansfeld-suedharz"),
    ("15088", "Saalekreis", "saalekreis"),
    ("15089", "Salzlandkreis", "salzlandkreis"),
    ("15090", "Landkreis Stendal", "landkreis-stendal"),
    ("15091", "Landkreis Wittenberg", "landkreis-wittenberg"),
    ("16051", "Erfurt", "erfurt"),
    ("16052", "Gera", "gera"),
    ("16053", "Jena", "jena"),
    ("16054", "Suhl", "suhl"),
    ("16055", "Weimar", "weimar"),
    ("16061", "Landkreis Eichsfeld", "landkreis-eichsfeld"),
    ("16062", "Landkreis Nordhausen", "landkreis-nordhausen"),
    ("16063", "Wartburgkreis", "wartburgkreis"),
    ("16064", "Unstrut-Hainich-Kreis", "unstrut-hainich-kreis"),
    ("16065", "Kyffhäuserkreis", "kyffhaeuserkreis"),
    ("16066", "Landkreis Schmalkalden-Meiningen", "landkreis-schmalkalden-meiningen"),
    ("16067", "Landkreis Gotha", "landkreis-gotha"),
    ("16068", "Landkreis Sömmerda", "landkreis-soemmerda"),
    ("16069", "Landkreis Hildburghausen", "landkreis-hildburghausen"),
    ("16070", "Ilm-Kreis", "ilm-kreis"),
    ("16071", "Landkreis Weimarer Land", "landkreis-weimarer-land"),
    ("16072", "Landkreis Sonneberg", "landkreis-sonneberg"),
    ("16073", "Landkreis Saalfeld-Rudolstadt", "landkreis-saalfeld-rudolstadt"),
    ("16074", "Saale-Holzland-Kreis", "saale-holzland-kreis"),
    ("16075", "Saale-Orla-Kreis", "saale-orla-kreis"),
    ("16076", "Landkreis Greiz", "landkreis-greiz"),
    ("16077", "Landkreis Altenburger Land", "landkreis-altenburger-land"),
)

# Slug, name, key of the district, latitude and longitude of the centre, whether the map names it.
PLACES = (
    ("altenburg", "Altenburg", "16077", 50.9854, 12.4337, False),
    ("bad-lauchstaedt", "Bad Lauchstädt", "15088", 51.3861, 11.8703, False),
    ("bernburg-saale", "Bernburg (Saale)", "15089", 51.7944, 11.7411, False),
    ("bitterfeld-wolfen", "Bitterfeld-Wolfen", "15082", 51.6236, 12.3239, False),
    ("boehlen", "Böhlen", "14729", 51.2019, 12.385, False),
    ("borna", "Borna", "14729", 51.1241, 12.496, False),
    ("braunsbedra", "Braunsbedra", "15088", 51.2856, 11.8894, False),
    ("chemnitz", "Chemnitz", "14511", 50.8333, 12.9167, True),
    ("delitzsch", "Delitzsch", "14730", 51.5264, 12.3425, False),
    ("dessau-rosslau", "Dessau-Roßlau", "15001", 51.8311, 12.2464, True),
    ("doebeln", "Döbeln", "14522", 51.1222, 13.1103, False),
    ("dresden", "Dresden", "14612", 51.0504, 13.7373, True),
    ("eilenburg", "Eilenburg", "14730", 51.4597, 12.6333, False),
    ("eisenberg", "Eisenberg", "16074", 50.9675, 11.9, False),
    ("elsteraue", "Elsteraue", "15084", 51.0944, 12.2114, False),
    ("erfurt", "Erfurt", "16051", 50.9787, 11.0328, True),
    ("espenhain", "Espenhain (Rötha)", "14729", 51.1906, 12.4794, False),
    ("freiberg", "Freiberg", "14522", 50.9119, 13.3428, False),
    ("freital", "Freital", "14628", 51.0017, 13.6489, False),
    ("gera", "Gera", "16052", 50.8804, 12.0833, True),
    ("glauchau", "Glauchau", "14524", 50.8231, 12.5444, False),
    ("graefenhainichen", "Gräfenhainichen", "15091", 51.7281, 12.4561, False),
    ("grimma", "Grimma", "14729", 51.2386, 12.7253, False),
    ("halberstadt", "Halberstadt", "15085", 51.8958, 11.0467, False),
    ("halle-saale", "Halle (Saale)", "15002", 51.4828, 11.9697, True),
    ("hartmannsdorf", "Hartmannsdorf", "14522", 50.8853, 12.8069, False),
    ("hermsdorf", "Hermsdorf", "16074", 50.8967, 11.8569, False),
    ("hettstedt", "Hettstedt", "15087", 51.6508, 11.5114, False),
    ("ilmenau", "Ilmenau", "16070", 50.6872, 10.9142, False),
    ("jena", "Jena", "16053", 50.9272, 11.5861, True),
    ("kabelsketal", "Kabelsketal", "15088", 51.4436, 12.105, False),
    ("koennern", "Könnern", "15089", 51.6714, 11.7706, False),
    ("koethen-anhalt", "Köthen (Anhalt)", "15082", 51.7514, 11.9708, False),
    ("leipzig", "Leipzig", "14713", 51.3397, 12.3731, True),
    ("leuna", "Leuna", "15088", 51.3175, 12.0156, False),
    ("lutherstadt-eisleben", "Lutherstadt Eisleben", "15087", 51.5275, 11.5469, False),
    ("lutherstadt-wittenberg", "Lutherstadt Wittenberg", "15091", 51.8665, 12.6436, False),
    ("magdeburg", "Magdeburg", "15003", 52.1205, 11.6276, True),
    ("markkleeberg", "Markkleeberg", "14729", 51.2755, 12.369, False),
    ("markranstaedt", "Markranstädt", "14729", 51.3018, 12.2218, False),
    ("meerane", "Meerane", "14524", 50.8478, 12.4647, False),
    ("merseburg", "Merseburg", "15088", 51.3548, 11.9897, False),
    ("meuselwitz", "Meuselwitz", "16077", 51.0425, 12.2994, False),
    ("mittweida", "Mittweida", "14522", 50.9857, 12.9811, False),
    ("naumburg-saale", "Naumburg (Saale)", "15084", 51.1526, 11.8098, False),
    ("nobitz", "Nobitz", "16077", 50.9764, 12.4858, False),
    ("oschatz", "Oschatz", "14730", 51.3003, 13.1072, False),
    ("sandersdorf-brehna", "Sandersdorf-Brehna", "15082", 51.6281, 12.2614, False),
    ("sangerhausen", "Sangerhausen", "15087", 51.4722, 11.2969, False),
    ("schkeuditz", "Schkeuditz", "14730", 51.3968, 12.2214, False),
    ("schkopau", "Schkopau", "15088", 51.3931, 11.9614, False),
    ("schmoelln", "Schmölln", "16077", 50.8983, 12.3564, False),
    ("stassfurt", "Staßfurt", "15089", 51.8514, 11.5867, False),
    ("taucha", "Taucha", "14730", 51.38, 12.4936, False),
    ("torgau", "Torgau", "14730", 51.5603, 12.9972, False),
    ("weimar", "Weimar", "16055", 50.9795, 11.3235, True),
    ("weissenfels", "Weißenfels", "15084", 51.201, 11.9681, False),
    ("wurzen", "Wurzen", "14729", 51.3704, 12.7394, False),
    ("zeitz", "Zeitz", "15084", 51.0478, 12.1383, False),
    ("zerbst-anhalt", "Zerbst/Anhalt", "15082", 51.9661, 12.0847, False),
    ("zwenkau", "Zwenkau", "14729", 51.2178, 12.3242, False),
    ("zwickau", "Zwickau", "14524", 50.7189, 12.4961, True),
)

OFFICE_MODELS = (
    *("listing", "land", "hall", "lot", "utility", "distance", "listingimage", "listingdocument"),
    *("provider", "enquiry", "district", "districtseat", "place"),
)


def fill(apps, schema_editor):
    District, Place = apps.get_model("properties", "District"), apps.get_model("properties", "Place")  # noqa: N806
    District.objects.bulk_create(
        District(ags=ags, name=name, slug=slug, state=ags[:2]) for ags, name, slug in DISTRICTS
    )
    districts = {district.ags: district for district in District.objects.all()}
    Place.objects.bulk_create(
        Place(
            slug=slug, name=name, district=districts[ags], latitude=latitude, longitude=longitude, is_on_map=is_on_map
        )
        for slug, name, ags, latitude, longitude, is_on_map in PLACES
    )


def give_permissions(apps, schema_editor):
    hand_over(apps, "properties", editors=OFFICE_MODELS)


class Migration(migrations.Migration):
    dependencies = [("properties", "0001_initial"), ("publishing", "0002_groups_and_site_version")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]
