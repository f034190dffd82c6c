"""The tree of departments: kept whole by whatever is done to it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cove.directory.org import queries
from cove.directory.org.commands import departments as commands
from cove.directory.org.commands.tenants import create_tenant
from cove.directory.org.errors import DepartmentNameTaken, MovedIntoItself, TooDeep
from cove.directory.org.models import Department, Member, Membership, Role, RoleGrant
from cove.directory.org.models.departments import DEEPEST
from cove.kernel.actor import Actor
from cove.kernel.scope import tenant_scope


def made(actor, name, parent=None):
    return commands.create_department(actor, name=name, parent_id=parent.id if parent else None)


def person(name, *rooms, active=True):
    member = Member.objects.create(name=name, active=active)
    for number, room in enumerate(rooms):
        Membership.objects.create(member=member, department=room, main=number == 0)
    return member


def counted(actor):
    return {one.department.name: (one.direct, one.below) for one in queries.departments.tree(actor).branches}


@pytest.fixture
def company(actor):
    top = made(actor, "总部")
    sales, market = made(actor, "销售部", top), made(actor, "市场部", top)
    south = made(actor, "华南组", sales)
    return {"top": top, "sales": sales, "market": market, "south": south}


def test_everybody_is_counted_once_with_all_below(actor, company):
    person("甲", company["sales"], company["south"])
    person("乙", company["south"], company["market"])
    person("丙")
    person("丁", company["top"], active=False)
    assert counted(actor) == {"总部": (0, 2), "销售部": (1, 2), "市场部": (1, 1), "华南组": (2, 2)}
    tree = queries.departments.tree(actor)
    assert (tree.members, tree.without) == (3, 1)
    assert [one.department.name for one in tree.branches] == ["总部", "销售部", "华南组", "市场部"]


def test_siblings_stand_as_they_are_put(actor, company):
    def names():
        return [row.name for row in Department.objects.filter(parent=company["top"]).order_by("position", "id")]

    commands.move_department(
        actor, department_id=company["market"].id, parent_id=company["top"].id, before_id=company["sales"].id
    )
    assert names() == ["市场部", "销售部"]
    for number in range(14):
        row = made(actor, f"新{number}", company["top"])
        commands.move_department(
            actor, department_id=row.id, parent_id=company["top"].id, before_id=company["sales"].id
        )
    assert names() == ["市场部", *(f"新{number}" for number in range(14)), "销售部"]


def test_no_department_goes_into_itself_or_below(actor, company):
    for parent in ("sales", "south"):
        with pytest.raises(MovedIntoItself):
            commands.move_department(
                actor, department_id=company["sales"].id, parent_id=company[parent].id, before_id=None
            )


def test_names_are_single_among_siblings_and_levels_end(actor, company):
    with pytest.raises(DepartmentNameTaken):
        made(actor, "销售部", company["top"])
    made(actor, "华南组", company["market"])
    with pytest.raises(DepartmentNameTaken):
        commands.move_department(
            actor, department_id=company["south"].id, parent_id=company["market"].id, before_id=None
        )
    row = company["south"]
    for level in range(DEEPEST - 3):
        row = made(actor, f"级{level}", row)
    with pytest.raises(TooDeep):
        made(actor, "太深", row)
    with pytest.raises(TooDeep):
        commands.move_department(
            actor, department_id=company["sales"].id, parent_id=company["market"].id, before_id=None
        )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    shape=st.lists(st.integers(min_value=-1, max_value=10), min_size=2, max_size=9),
    moves=st.lists(st.tuples(st.integers(0, 8), st.integers(-1, 8), st.integers(-1, 8)), max_size=8),
    places=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 8)), max_size=12, unique=True),
)
def test_whatever_is_moved_the_tree_stays_a_tree_and_the_counts_agree(databases, shape, moves, places):
    tenant = create_tenant(name="性质")
    actor = Actor.system(tenant.id)
    with tenant_scope(tenant.id):
        rows = []
        for number, parent in enumerate(shape):
            rows.append(made(actor, f"部门{number}", rows[parent % len(rows)] if rows and parent >= 0 else None))
        people = [person(f"人{number}") for number in range(6)]
        for who, where in places:
            Membership.objects.get_or_create(member=people[who], department=rows[where % len(rows)])
        for which, parent, before in moves:
            _try_to_move(actor, rows, which, parent, before)
        _check_tree(actor)


def _try_to_move(actor, rows, which, parent, before):
    row = rows[which % len(rows)]
    target = rows[parent % len(rows)].id if parent >= 0 else None
    siblings = [one.id for one in Department.objects.filter(parent_id=target).exclude(id=row.id)]
    before_id = siblings[before % len(siblings)] if siblings and before >= 0 else None
    try:
        commands.move_department(actor, department_id=row.id, parent_id=target, before_id=before_id)
    except MovedIntoItself:
        assert row.id in queries.departments.ancestors(target, queries.departments.parents_of_all())


def _check_tree(actor):
    parents = queries.departments.parents_of_all()
    tree = queries.departments.tree(actor)
    assert {one.department.id for one in tree.branches} == set(parents), "a circle would be missing from the walk"
    for branch in tree.branches:
        below = queries.actors.with_all_below({branch.department.id})
        inside = Membership.objects.filter(department_id__in=below).values("member_id").distinct().count()
        assert branch.below == inside
        assert branch.direct == Membership.objects.filter(department=branch.department).count()


def test_a_move_is_told_before_it_is_made(browser_client, actor, company):
    role = Role.objects.create(name="主管", rights={"people.see_contacts": "subtree"})
    wide = Role.objects.create(name="全部", rights={"people.see_contacts": "all"})
    for name, room, held in (("销售主管", "sales", role), ("市场主管", "market", role), ("总监", "top", wide)):
        RoleGrant.objects.create(member=person(name, company[room]), role=held)
    person("员工", company["south"])
    south, market = company["south"].id, company["market"].id
    effect = browser_client.get(f"/api/departments/{south}/move?parent_id={market}").json()
    assert (effect["departments"], effect["members"]) == (1, 1)
    assert [one["name"] for one in effect["gaining"]] == ["市场主管"]
    assert [one["name"] for one in effect["losing"]] == ["销售主管"]
    assert Department.objects.get(id=south).parent_id == company["sales"].id
    moved = post(browser_client, f"/api/departments/{south}/move", {"parent_id": market})
    assert moved.status_code == 200
    assert Department.objects.get(id=south).parent_id == market


def post(client, path, body, method="post"):
    return getattr(client, method)(path, body, content_type="application/json")


def test_the_tree_is_kept_through_the_api(browser_client, actor, company):
    top, south = company["top"].id, company["south"].id
    added = post(browser_client, "/api/departments", {"name": " 客服部 ", "parent_id": top})
    assert (added.status_code, added.json()["name"]) == (201, "客服部")
    again = post(browser_client, "/api/departments", {"name": "客服部", "parent_id": top})
    assert (again.status_code, again.json()["error"]["code"]) == (409, "org.department_name_taken")
    assert "客服部" in again.json()["error"]["fields"]["name"]
    for name in ("", "a/b", "长" * 65):
        assert post(browser_client, "/api/departments", {"name": name}).status_code == 422
    renamed = post(browser_client, f"/api/departments/{south}", {"name": "华南大区"}, "patch")
    assert renamed.json()["name"] == "华南大区"
    assert post(browser_client, "/api/departments/987654321", {"name": "x"}, "patch").status_code == 404
    leader = person("组长")
    chosen = post(browser_client, f"/api/departments/{south}/leaders", {"member_ids": [leader.id]}, "put").json()
    (found,) = [one for one in chosen["items"] if one["id"] == south]
    assert ([one["name"] for one in found["leaders"]], found["members"]) == (["组长"], 1)
    assert Membership.objects.get(member=leader).main
    assert post(browser_client, f"/api/departments/{south}/leaders", {"member_ids": []}, "put").status_code == 200
    assert not Membership.objects.get(member=leader).leads
    refused = post(browser_client, f"/api/departments/{south}/leaders", {"member_ids": [987654321]}, "put")
    assert "member_ids" in refused.json()["error"]["fields"]


def test_a_department_with_members_is_deleted_only_by_joining_its_parent(browser_client, actor, company):
    member = person("员工", company["sales"])
    path = f"/api/departments/{company['sales'].id}"
    refused = browser_client.delete(path)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "org.department_not_empty")
    assert "1 members and 1 departments" in refused.json()["error"]["message"]
    assert browser_client.delete(f"{path}?join_parent=true").status_code == 204
    place = Membership.objects.get(member=member)
    assert (place.department_id, place.main) == (company["top"].id, True)
    assert Department.objects.get(id=company["south"].id).parent_id == company["top"].id


def test_what_wecom_keeps_is_changed_there(browser_client, actor, company):
    Department.objects.filter(id=company["sales"].id).update(wecom_id=7)
    path = f"/api/departments/{company['sales'].id}"
    answers = [
        post(browser_client, path, {"name": "新名"}, "patch"),
        post(browser_client, f"{path}/move", {"parent_id": None}),
        post(browser_client, f"{path}/leaders", {"member_ids": []}, "put"),
        browser_client.delete(f"{path}?join_parent=true"),
    ]
    assert {(one.status_code, one.json()["error"]["code"]) for one in answers} == {(409, "org.kept_by_wecom")}
    assert (
        post(browser_client, "/api/departments", {"name": "手工", "parent_id": company["sales"].id}).status_code == 201
    )


def test_five_thousand_departments_cost_as_many_statements_as_one(actor, django_assert_num_queries):
    made(actor, "总部")
    with django_assert_num_queries(TREE_QUERIES):
        queries.departments.tree(actor)
    tops = Department.objects.bulk_create([Department(name=f"{number}") for number in range(50)])
    rows = [Department(name=f"{number}", parent=tops[number % 50]) for number in range(4950)]
    Department.objects.bulk_create(rows)
    with django_assert_num_queries(TREE_QUERIES):
        assert len(queries.departments.tree(actor).branches) == 5001


# Departments, places, leaders' names, members.
TREE_QUERIES = 4
