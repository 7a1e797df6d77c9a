from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from publishing.document_files import KINDS
from tests.factories import make_document
from tests.publishing.test_documents import SOUND


def offered(extension="pdf", **values):
    return make_document(file=ContentFile(SOUND[extension], name=f"datei.{extension}"), **values)


@pytest.mark.django_db
@pytest.mark.parametrize("extension", KINDS)
def test_a_document_arrives_whole_with_its_type_length_and_name(client, extension):
    made = offered(extension, title="Größe der Flächen")
    response = client.get(made.get_absolute_url())
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == SOUND[extension]
    assert response["Content-Type"] == KINDS[extension][1]
    assert response["Content-Length"] == str(len(SOUND[extension]))
    how = "inline" if extension == "pdf" else "attachment"
    assert response["Content-Disposition"] == f'{how}; filename="groesse-der-flaechen.{extension}"'


@pytest.mark.django_db
@pytest.mark.parametrize("extension", ["pdf", "csv"])
def test_a_document_can_do_nothing_in_the_browser(client, extension):
    response = client.get(offered(extension).get_absolute_url())
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    policy = {part.split()[0]: part.split()[1:] for part in response["Content-Security-Policy"].split(";")}
    assert policy == {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "sandbox": ["allow-downloads"]}


@pytest.mark.django_db
def test_a_document_is_the_same_for_everybody_and_soon_asked_for_again(client, editor_client):
    made = offered()
    for one in (client, editor_client):
        response = one.get(made.get_absolute_url(), headers={"accept-encoding": "gzip, br"})
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert response["Cache-Control"] == "public, max-age=300"


@pytest.mark.django_db
def test_a_document_is_not_compressed_a_second_time(client):
    response = client.get(offered().get_absolute_url(), headers={"accept-encoding": "gzip, br"})
    assert "Content-Encoding" not in response
    assert response["Content-Length"] == str(len(SOUND["pdf"]))
    assert b"".join(response.streaming_content) == SOUND["pdf"]


@pytest.mark.django_db
def test_the_address_stays_when_title_and_file_change(client):
    made = offered(title="Entwurf")
    old_address = made.get_absolute_url()
    made.title, made.file = "Endfassung", ContentFile(SOUND["docx"], name="neu.docx")
    made.save()
    assert made.get_absolute_url() != old_address
    for address in (old_address, made.get_absolute_url()):
        response = client.get(address)
        assert response.status_code == 200
        assert b"".join(response.streaming_content) == SOUND["docx"]
        assert response["Content-Disposition"] == 'attachment; filename="endfassung.docx"'


@pytest.mark.django_db
def test_a_withdrawn_document_says_so_and_hands_out_nothing(client):
    made = offered(title="Interne Zahlen")
    assert client.get(made.get_absolute_url()).status_code == 200
    made.is_withdrawn = True
    made.save()
    response = client.get(made.get_absolute_url())
    assert response.status_code == 410
    assert "Dieser Inhalt wurde zurückgezogen" in response.content.decode()
    assert b"%PDF" not in response.content
    made.is_withdrawn = False
    made.save()
    assert client.get(made.get_absolute_url()).status_code == 200


@pytest.mark.django_db
def test_a_document_without_the_right_token_is_not_found(client):
    made = offered()
    wrong = made.token[:-1] + ("a" if made.token[-1] != "a" else "b")
    for token in (wrong, made.token.swapcase(), str(made.pk), "-", "x" * 500, made.token + "%00"):
        response = client.get(f"/dokumente/{token}/{made.download_name}")
        assert response.status_code in (400, 404), token
        assert not response.streaming


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["irgendwie.pdf", "..%2f..%2fetc%2fpasswd", "<script>", "ä.pdf"])
def test_the_name_in_the_address_decides_nothing(client, name):
    made = offered(title="Studie")
    response = client.get(f"/dokumente/{made.token}/{name}")
    if response.status_code == 200:
        assert response["Content-Disposition"] == 'inline; filename="studie.pdf"'
        assert b"".join(response.streaming_content) == SOUND["pdf"]
    else:
        assert response.status_code == 404


@pytest.mark.django_db
def test_a_document_whose_file_is_lost_is_not_found(client):
    made = offered()
    Path(made.file.path).unlink()
    assert client.get(made.get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_a_document_is_only_read(client):
    made = offered()
    assert client.head(made.get_absolute_url()).status_code == 200
    assert client.head(made.get_absolute_url())["Content-Length"] == str(len(SOUND["pdf"]))
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)(made.get_absolute_url()).status_code == 405
