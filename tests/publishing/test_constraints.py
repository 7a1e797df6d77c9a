"""A guest sleeps in a room of the house he is booked into: kept by the database, whatever becomes of its tables."""

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter

from publishing.constraints import ForeignKeyTogether

APP = "scratch"
SAME_HOUSE = ForeignKeyTogether(
    field="room", same=["house"], name="guest_room_of_house", violation_error_message="Anderes Haus."
)
SAME_FLOOR = ForeignKeyTogether(field="room", same=["house", "floor"], name="guest_room_of_house")
with_tables = pytest.mark.django_db(transaction=True)


def create_tables(*constraints):
    room_keys = [
        models.UniqueConstraint(fields=["id", "house"], name="room_with_house"),
        models.UniqueConstraint(fields=["id", "house", "floor"], name="room_with_house_and_floor"),
    ]
    house = ("house", models.ForeignKey("House", on_delete=models.PROTECT, related_name="+"))
    key, floor = ("id", models.BigAutoField(primary_key=True)), ("floor", models.IntegerField(default=0))
    room = ("room", models.ForeignKey("Room", on_delete=models.PROTECT, null=True, related_name="+"))
    return [
        migrations.CreateModel("House", [key]),
        migrations.CreateModel("Room", [key, house, floor], {"constraints": room_keys}),
        migrations.CreateModel("Guest", [key, house, floor, room], {"constraints": list(constraints)}),
    ]


class Migrated:
    """Tables of no app: operations are applied to them one after another, as migrations do."""

    def __init__(self, operations):
        self.state = ProjectState()
        self.apply(*operations)

    def apply(self, *operations):
        for operation in operations:
            before, self.state = self.state, self.state.clone()
            operation.state_forwards(APP, self.state)
            with connection.schema_editor() as editor:
                operation.database_forwards(APP, editor, before, self.state)

    def __getattr__(self, name):
        return self.state.apps.get_model(APP, name)

    def has_room(self, guest_house, room):
        """Whether the database lets a guest of one house into a room."""
        try:
            with transaction.atomic():
                self.Guest.objects.create(house_id=guest_house.pk, room_id=room.pk, floor=room.floor).delete()
        except IntegrityError:
            return False
        return True

    def bites(self):
        here, elsewhere = self.House.objects.create(), self.House.objects.create()
        room = self.Room.objects.create(house_id=here.pk)
        assert self.has_room(here, room)
        return not self.has_room(elsewhere, room)


@pytest.fixture
def migrate():
    made = []

    def start(*constraints):
        made.append(Migrated(create_tables(*constraints)))
        return made[-1]

    yield start
    for tables in made:
        tables.apply(*(migrations.DeleteModel(name) for name in ("Guest", "Room", "House")))


@with_tables
def test_without_it_the_tables_let_anybody_in_so_that_the_tests_below_prove_something(migrate):
    assert not migrate().bites()


@with_tables
def test_it_is_created_with_its_table(migrate):
    assert migrate(SAME_HOUSE).bites()


@with_tables
def test_it_is_added_and_removed_by_migrations(migrate):
    tables = migrate()
    tables.apply(migrations.AddConstraint("Guest", SAME_HOUSE))
    assert tables.bites()
    tables.apply(migrations.RemoveConstraint("Guest", SAME_HOUSE.name))
    assert not tables.bites()


@with_tables
def test_it_is_altered_by_migrations(migrate):
    tables = migrate(SAME_HOUSE)
    tables.apply(migrations.RemoveConstraint("Guest", SAME_HOUSE.name), migrations.AddConstraint("Guest", SAME_FLOOR))
    assert tables.bites()
    house = tables.House.objects.create()
    room = tables.Room.objects.create(house_id=house.pk, floor=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        tables.Guest.objects.create(house_id=house.pk, room_id=room.pk, floor=1)


@with_tables
@pytest.mark.parametrize("table", ["Guest", "Room", "House"])
def test_it_still_holds_after_any_of_its_tables_was_made_anew(migrate, table):
    """SQLite changes a table by making a new one: no such change may lose the rule."""
    tables = migrate(SAME_HOUSE)
    house = tables.House.objects.create()
    tables.Guest.objects.create(house_id=house.pk, room_id=tables.Room.objects.create(house_id=house.pk).pk)
    tables.apply(
        migrations.AddField(table, "name", models.CharField(max_length=9, default="neu")),
        migrations.AlterField(table, "name", models.CharField(max_length=99, default="neu", db_index=True)),
        migrations.RemoveField(table, "name"),
    )
    assert tables.Guest.objects.get().house_id == house.pk
    assert tables.bites()


@with_tables
def test_the_row_pointed_to_cannot_move_away_either(migrate):
    tables = migrate(SAME_HOUSE)
    here, elsewhere = tables.House.objects.create(), tables.House.objects.create()
    room = tables.Room.objects.create(house_id=here.pk)
    tables.Guest.objects.create(house_id=here.pk, room_id=room.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        tables.Room.objects.filter(pk=room.pk).update(house_id=elsewhere.pk)


@with_tables
def test_a_guest_without_a_room_is_asked_nothing(migrate):
    tables = migrate(SAME_HOUSE)
    guest = tables.Guest.objects.create(house_id=tables.House.objects.create().pk)
    SAME_HOUSE.validate(tables.Guest, guest)


@with_tables
def test_checking_says_what_is_wrong_before_the_database_does(migrate):
    tables = migrate(SAME_HOUSE)
    here, elsewhere = tables.House.objects.create(), tables.House.objects.create()
    room = tables.Room.objects.create(house_id=here.pk)
    SAME_HOUSE.validate(tables.Guest, tables.Guest(house_id=here.pk, room_id=room.pk))
    stranger = tables.Guest(house_id=elsewhere.pk, room_id=room.pk)
    with pytest.raises(ValidationError) as caught:
        SAME_HOUSE.validate(tables.Guest, stranger)
    assert caught.value.messages == ["Anderes Haus."]
    # A form that shows only one of the fields cannot judge it.
    for unseen in ("room", "house"):
        SAME_HOUSE.validate(tables.Guest, stranger, exclude={unseen})


@with_tables
@pytest.mark.parametrize("by_migration", [False, True], ids=["with its table", "added later"])
def test_a_target_without_the_key_is_refused_with_a_sentence(migrate, by_migration):
    no_key = ForeignKeyTogether(field="room", same=["floor"], name="guest_room_of_floor")
    tables = migrate()
    operation = (
        migrations.AddConstraint("Guest", no_key)
        if by_migration
        else migrations.CreateModel(
            "Visitor",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("floor", models.IntegerField()),
                ("room", models.ForeignKey("Room", on_delete=models.PROTECT, related_name="+")),
            ],
            {"constraints": [no_key]},
        )
    )
    before = tables.state
    with pytest.raises(FieldError, match=r"scratch\.Room needs a UniqueConstraint of \('id', 'floor'\)"):
        tables.apply(operation)
    tables.state = before


# --- As migrations see it


def test_it_is_taken_apart_and_put_together_again():
    path, args, kwargs = SAME_HOUSE.deconstruct()
    assert (path, args) == ("publishing.constraints.ForeignKeyTogether", ())
    assert kwargs == {
        "field": "room",
        "same": ("house",),
        "name": "guest_room_of_house",
        "violation_error_message": "Anderes Haus.",
    }
    assert ForeignKeyTogether(**kwargs) == SAME_HOUSE == SAME_HOUSE.clone()
    text, imports = MigrationWriter.serialize(SAME_HOUSE)
    assert text.startswith("publishing.constraints.ForeignKeyTogether(")
    assert imports == {"import publishing.constraints"}


@pytest.mark.parametrize(
    "change", [{"field": "bed"}, {"same": ["floor"]}, {"name": "other"}, {"violation_error_message": "Anders."}]
)
def test_any_difference_makes_it_another(change):
    values = {"field": "room", "same": ["house"], "name": "guest_room_of_house"}
    values |= {"violation_error_message": "Anderes Haus."}
    assert ForeignKeyTogether(**values) == SAME_HOUSE
    assert ForeignKeyTogether(**values | change) != SAME_HOUSE
    assert models.UniqueConstraint(fields=["room"], name="guest_room_of_house") != SAME_HOUSE


@pytest.mark.parametrize(
    ("after", "operations"),
    [
        (SAME_HOUSE, []),
        (SAME_FLOOR, ["RemoveConstraint", "AddConstraint"]),
        (
            ForeignKeyTogether(
                field="room", same=["house"], name="guest_room_of_house", violation_error_message="Nicht hier."
            ),
            ["AlterConstraint"],
        ),
        (None, ["RemoveConstraint"]),
    ],
    ids=["unchanged", "other columns", "other words", "gone"],
)
def test_makemigrations_sees_what_has_changed(after, operations):
    def state_with(constraint):
        state = ProjectState()
        for operation in create_tables(*filter(None, [constraint])):
            operation.state_forwards(APP, state)
        return state

    changes = MigrationAutodetector(state_with(SAME_HOUSE), state_with(after))._detect_changes()
    found = [type(one).__name__ for migration in changes.get(APP, []) for one in migration.operations]
    assert found == operations
