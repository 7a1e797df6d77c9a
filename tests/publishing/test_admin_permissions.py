import pytest
from django.contrib.auth.models import Group, User

from publishing.groups import ADMINISTRATORS
from publishing.models import Redirect
from tests.factories import make_contact, make_document, make_draft, make_editor, make_image, make_rubric

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(db):
    return {
        "news/article": make_draft(image=make_image()).pk,
        "news/rubric": make_rubric().pk,
        "publishing/image": make_image().pk,
        "publishing/document": make_document().pk,
        "publishing/contact": make_contact().pk,
        "publishing/redirect": Redirect.objects.create(old_path="/alt/", new_path="/aktuelles/").pk,
        "auth/user": User.objects.create_user("otto", password="geheim-genug-123").pk,
    }


@pytest.fixture
def administrator(db):
    user = User.objects.create_user("anna", password="geheim-genug-123", is_staff=True)
    user.groups.add(Group.objects.get(name=ADMINISTRATORS))
    return user


FOR_ADMINISTRATORS = ("auth/user",)


def addresses(rows):
    for model, pk in rows.items():
        yield from (
            (model, f"/admin/{model}/{page}")
            for page in ("", "add/", f"{pk}/change/", f"{pk}/delete/", f"{pk}/history/")
        )
    article = rows["news/article"]
    yield "news/article", f"/admin/news/article/{article}/vorschau/"
    yield "publishing/image", "/admin/publishing/image/hochladen/"
    yield "publishing/image", f"/admin/publishing/image/{rows['publishing/image']}/miniatur/"


def test_strangers_are_sent_to_the_log_in(client, rows):
    for _, address in addresses(rows):
        response = client.get(address)
        assert (response.status_code, response.headers.get("Location")) == (302, f"/admin/login/?next={address}")


def test_accounts_without_the_right_to_work_here_are_sent_to_the_log_in(client, rows):
    client.force_login(User.objects.get(username="otto"))
    for _, address in addresses(rows):
        assert client.get(address).status_code == 302, address


def test_editors_open_all_content_and_nothing_of_the_administration(editor_client, rows):
    answers = {address: editor_client.get(address).status_code for _, address in addresses(rows)}
    expected = {address: 403 if model in FOR_ADMINISTRATORS else 200 for model, address in addresses(rows)}
    assert answers == expected
    start = editor_client.get("/admin/").content.decode()
    assert "/admin/news/article/" in start
    assert "/admin/auth/user/" not in start
    assert "/admin/publishing/redirect/" in start


def test_administrators_open_everything(client, administrator, rows):
    client.force_login(administrator)
    answers = {address: client.get(address).status_code for _, address in addresses(rows)}
    assert answers == {address: 200 for _, address in addresses(rows)}


def test_staff_without_a_group_sees_no_content(client, rows):
    client.force_login(User.objects.create_user("neu", password="geheim-genug-123", is_staff=True))
    assert {client.get(address).status_code for _, address in addresses(rows)} <= {403, 404}
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("page", ["vorschau-link", "kopieren"])
def test_sharing_and_copying_need_a_post(editor_client, page):
    assert editor_client.get(f"/admin/news/article/{make_draft().pk}/{page}/").status_code == 405


def test_administrators_manage_accounts_but_make_nobody_all_powerful(client, administrator):
    client.force_login(administrator)
    otto = User.objects.create_user("otto", password="geheim-genug-123")
    editors = Group.objects.get(name="Redaktion")
    data = {
        "username": "otto",
        "first_name": "Otto",
        "is_active": "on",
        "is_staff": "on",
        "is_superuser": "on",
        "groups": [editors.pk],
        "user_permissions": ["1", "2"],
    }
    response = client.post(f"/admin/auth/user/{otto.pk}/change/", data)
    assert response.status_code == 302
    otto.refresh_from_db()
    assert (otto.first_name, otto.is_staff, otto.is_superuser) == ("Otto", True, False)
    assert list(otto.groups.all()) == [editors]
    assert not otto.user_permissions.exists()

    data = {"username": "neue", "password1": "lang-genug-4711", "password2": "lang-genug-4711", "is_superuser": "on"}
    assert client.post("/admin/auth/user/add/", data).status_code == 302
    assert not User.objects.get(username="neue").is_superuser


def test_administrators_cannot_touch_whoever_is_all_powerful(client, administrator):
    client.force_login(administrator)
    root = User.objects.create_superuser("root", password="geheim-genug-123")
    before = root.password
    client.post(f"/admin/auth/user/{root.pk}/change/", {"username": "root", "is_active": ""})
    for page in ("password", "delete"):
        assert client.get(f"/admin/auth/user/{root.pk}/{page}/").status_code == 403
    new = {"password1": "ganz-neu-4711-x", "password2": "ganz-neu-4711-x", "set-password": "1"}
    assert client.post(f"/admin/auth/user/{root.pk}/password/", new).status_code == 403
    client.post(
        "/admin/auth/user/", {"action": "delete_selected", "_selected_action": [root.pk], "post": "yes"}, follow=True
    )
    root.refresh_from_db()
    assert (root.password, root.is_active, root.is_superuser) == (before, True, True)


def test_a_password_is_set_and_log_in_by_password_is_locked(client, administrator):
    client.force_login(administrator)
    otto = make_editor("otto")
    address = f"/admin/auth/user/{otto.pk}/password/"
    new = {"password1": "ganz-neu-4711-x", "password2": "ganz-neu-4711-x", "set-password": "1"}
    assert client.post(address, new).status_code == 302
    otto.refresh_from_db()
    assert otto.check_password("ganz-neu-4711-x")
    assert client.post(address, {"password1": "", "password2": "", "unset-password": "1"}).status_code == 302
    otto.refresh_from_db()
    assert not otto.has_usable_password()
